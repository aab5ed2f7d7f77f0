import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { startChromium } from './chromium.ts';

describe('the browser of the tests', () => {
  let browser: Browser | undefined;
  before(async function () {
    browser = await startChromium(this);
  });
  after(async () => {
    await browser?.close();
  });

  it('shows a page in the three languages of the desk', async () => {
    const page = await browser?.newPage();
    await page?.setContent('<p>Under review · На рассмотрении · Gözden geçiriliyor</p>');
    expect(await page?.locator('p').textContent()).to.equal('Under review · На рассмотрении · Gözden geçiriliyor');
  });
});
