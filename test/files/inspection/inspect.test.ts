import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileBytes, Files } from '../../../src/desk/ports/files.ts';
import { inspectFile } from '../../../src/files/inspection/inspect.ts';
import type { AcceptedFile, RejectedFile } from '../../../src/desk/ports/inspection.ts';
import { openLocalFiles } from '../../../src/files/local/localFiles.ts';
import { storedFile } from '../../desk/filesFake.ts';
import { inspectBytes } from './inspectBytes.ts';
import {
  bomb,
  claimingSize,
  compoundFile,
  contentTypes,
  encryptedEntries,
  jpeg,
  MAIN,
  manyEntries,
  office,
  pdf,
  png,
  zip,
} from '../samples.ts';

describe('The inspection of a file', () => {
  let folder: string;
  let files: Files;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inspect-'));
    files = await openLocalFiles(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function inspect(bytes: Buffer, name: string): Promise<AcceptedFile | RejectedFile> {
    await files.put('poe/file', streamOf(bytes));
    const verdict = await inspectFile(files, 'poe/file', name);
    await files.remove('poe/file');
    return verdict;
  }

  async function kindOf(bytes: Buffer, name = ''): Promise<string> {
    const verdict = await inspect(bytes, name);
    return verdict.ok ? verdict.kind : verdict.problem;
  }

  const accepted: readonly [kind: string, make: () => Buffer | Promise<Buffer>, names: readonly string[]][] = [
    ['pdf', pdf, ['proof.pdf', 'PROOF.PDF', 'proof', 'Claim no. 5']],
    ['docx', () => office('docx'), ['proof.docx']],
    ['xlsx', () => office('xlsx'), ['proof.xlsx']],
    ['pptx', () => office('pptx'), ['proof.pptx']],
    ['png', png, ['proof.png', 'Снимок.PNG']],
    ['jpeg', jpeg, ['proof.jpg', 'proof.jpeg', 'PROOF.JPG']],
  ];
  for (const [kind, make, names] of accepted) {
    it(`knows a ${kind} by its bytes, and takes the names ${names.join(', ')}`, async () => {
      for (const name of names) expect(await inspect(await make(), name), name).to.deep.equal({ ok: true, kind });
    });
    it(`refuses a ${kind} whose name says another kind`, async () => {
      for (const name of [
        'proof.exe',
        `${names[0] ?? ''}.html`,
        kind === 'pdf' ? 'proof.png' : 'proof.pdf',
        'proof.docm',
      ]) {
        expect(await kindOf(await make(), name), name).to.equal('nameDoesNotMatchKind');
      }
    });
  }

  it('is not deceived by a name that turns its ending round', async () => {
    expect(await kindOf(pdf(), 'proof\u202efdp.exe')).to.equal('nameDoesNotMatchKind');
    expect(await kindOf(pdf(), 'proof.pdf\u200b')).to.equal('pdf');
  });

  it('refuses a file with nothing in it', async () =>
    expect(await kindOf(Buffer.alloc(0), 'proof.pdf')).to.equal('empty'));

  it('refuses every other kind, also under a good name', async () => {
    const others: readonly Buffer[] = [
      Buffer.from('MZ\x90\0'.padEnd(512, '\0'), 'latin1'),
      Buffer.from('\x7fELF'.padEnd(512, '\0'), 'latin1'),
      Buffer.from('<!DOCTYPE html><script>alert(1)</script>'),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('GIF89a'.padEnd(64, '\0'), 'latin1'),
      Buffer.from('just a text'),
      Buffer.from('x'),
      await zip({ 'readme.txt': 'just a zip' }),
      await zip({}),
      await zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }),
      await zip({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0' }),
      await zip({
        '[Content_Types].xml': contentTypes(
          'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml',
        ),
      }),
      compoundFile('WordDocument'),
    ];
    for (const [index, other] of others.entries())
      expect(await kindOf(other, 'proof.pdf'), `number ${index}`).to.equal('kindNotAccepted');
  });

  it('refuses macros: in a part of the archive, or only in the content types', async () => {
    expect(await kindOf(await office('docx', { 'word/vbaProject.bin': 'macro' }), 'proof.docx')).to.equal('macros');
    expect(await kindOf(await office('xlsx', { 'xl/VBAPROJECT.BIN': 'macro' }))).to.equal('macros');
    for (const type of [
      'application/vnd.ms-word.document.macroEnabled.main+xml',
      'application/vnd.ms-office.vbaProject',
      'application/vnd.ms-excel.macrosheet+xml',
    ]) {
      expect(
        await kindOf(await zip({ '[Content_Types].xml': contentTypes(MAIN.docx, type) }), 'proof.docx'),
        type,
      ).to.equal('macros');
    }
  });

  it('finds macros in content types of UTF-16 and behind the number of a letter, and refuses document types', async () => {
    const types = contentTypes(MAIN.docx, 'application/vnd.ms-office.vbaProject');
    expect(await kindOf(await zip({ '[Content_Types].xml': Buffer.from(`\ufeff${types}`, 'utf16le') }))).to.equal(
      'macros',
    );
    expect(await kindOf(await zip({ '[Content_Types].xml': types.replace('vbaProject', 'vb&#97;Project') }))).to.equal(
      'macros',
    );
    expect(
      await kindOf(await zip({ '[Content_Types].xml': `<!DOCTYPE x [<!ENTITY a "a">]>${contentTypes(MAIN.docx)}` })),
    ).to.equal('broken');
  });

  it('refuses what claims to be two documents at once', async () => {
    expect(await kindOf(await zip({ '[Content_Types].xml': contentTypes(MAIN.docx, MAIN.xlsx) }))).to.equal(
      'kindNotAccepted',
    );
    expect(
      await kindOf(
        await zip({ '[Content_Types].xml': contentTypes(MAIN.docx), '[content_types].xml': contentTypes(MAIN.xlsx) }),
      ),
    ).to.equal('broken');
  });

  it('refuses what is under a password', async () => {
    expect(await kindOf(compoundFile('EncryptedPackage'), 'proof.docx')).to.equal('encrypted');
    expect(await kindOf(encryptedEntries(await office('docx')), 'proof.docx')).to.equal('encrypted');
    expect(await kindOf(encryptedEntries(await office('docx'), 0x41), 'proof.docx')).to.equal('encrypted');
    expect(await kindOf(pdf('/Encrypt 12 0 R'), 'proof.pdf')).to.equal('encrypted');
    expect(await kindOf(pdf('/Encrypt\r\n<</Filter/Standard>>'))).to.equal('encrypted');
  });

  it('takes a PDF that only speaks of encryption', async () => {
    expect(await kindOf(pdf('/EncryptMetadata true'))).to.equal('pdf');
    expect(await kindOf(pdf('(how to /Encrypt a file)'))).to.equal('pdf');
  });

  it('refuses an archive that grows beyond all measure, or has entries without number', async () => {
    expect(await kindOf(await bomb(), 'proof.docx')).to.equal('archiveBomb');
    expect(await kindOf(claimingSize(await office('docx'), 0xfffffff0))).to.equal('archiveBomb');
    expect(await kindOf(await manyEntries(10_001))).to.equal('archiveBomb');
  });

  it('takes a big document that is packed as documents are', async () => {
    expect(
      await kindOf(await office('xlsx', { 'xl/worksheets/sheet1.xml': '<row/>'.repeat(500_000) }), 'proof.xlsx'),
    ).to.equal('xlsx');
  });

  it('refuses what is cut off', async () => {
    const document = await office('docx');
    expect(await kindOf(document.subarray(0, -30), 'proof.docx')).to.equal('broken');
    expect(await kindOf(document.subarray(0, 4))).to.equal('broken');
    expect(await kindOf(png().subarray(0, -5), 'proof.png')).to.equal('cutOff');
    expect(await kindOf(png().subarray(0, 8))).to.equal('cutOff');
    expect(await kindOf(pdf().subarray(0, -6))).to.equal('broken');
    expect(await kindOf(jpeg().subarray(0, -2))).to.equal('cutOff');
  });

  it('gives a verdict on any bytes and any damage, never a fault', async () => {
    const whole = [
      pdf(),
      png(),
      jpeg(),
      await office('docx'),
      compoundFile('EncryptedPackage'),
      encryptedEntries(await office('xlsx')),
    ];
    const damage = fc.array(fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat(255) }), {
      maxLength: 6,
    });
    const cut = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), damage, cut, async (sound, hits, kept) => {
        const bytes = Buffer.from(sound.subarray(0, Math.ceil(sound.length * kept)));
        for (const { at, byte } of hits) if (bytes.length > 0) bytes[Math.floor(at * bytes.length)] = byte;
        expect(await inspectBytes(bytes, 'proof.pdf')).to.have.property('ok');
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same verdict in whatever pieces the file comes', async () => {
    const samples = [
      pdf(),
      pdf('/Encrypt 12 0 R'),
      pdf('/EncryptMetadata true'),
      pdf(`/Encrypt${' '.repeat(60)}${'1'.repeat(60)}\r\n00 R`),
      pdf(`/Encrypt${' '.repeat(60)}<`),
      png(),
      png().subarray(0, -5),
      jpeg(),
      jpeg().subarray(0, -2),
      compoundFile('EncryptedPackage'),
      compoundFile('WordDocument'),
      await office('docx'),
    ];
    for (const [index, sample] of samples.entries()) {
      const whole = await inspectBytes(sample);
      for (const size of [1, 2, 3, 7, 16, 61])
        expect(await inspectBytes(sample, '', size), `${index} by ${size}`).to.deep.equal(whole);
    }
  });

  it('fails with the fault of the place of the files, and blames no file for it', async () => {
    const fault = new Error('the line went dead');
    const document = storedFile(await office('docx'));
    let reads = 0;
    const dying = {
      ...document,
      part: (start: number, end: number) => ((reads += 1) > 1 ? breaking(fault) : document.part(start, end)),
    };
    expect(
      await inspectFile({ ...files, open: async () => dying }, 'a', 'proof.docx').catch((error: unknown) => error),
    ).to.equal(fault);
  });

  it('fails where there is no file under the key', async () => {
    const fault = await inspectFile(files, 'poe/none', 'proof.pdf').then(
      () => expect.fail('there is none'),
      (error: unknown) => error,
    );
    expect(fault).to.be.instanceOf(Error).with.property('message').that.includes('poe/none');
  });
});

// eslint-disable-next-line require-yield -- A stream that fails before its first piece.
async function* breaking(error: Error): FileBytes {
  throw error;
}

async function* streamOf(bytes: Buffer): FileBytes {
  yield bytes;
}
