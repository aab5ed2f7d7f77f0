/** The document port with hooks before and after every read and write, to observe, interrupt and break them. */
import type {
  Documents,
  Find,
  NewDocument,
  Page,
  Scan,
  ScanPage,
  StoredDocument,
} from '../../src/desk/ports/documents.ts';
import { memoryDocuments } from '../support/memoryDocuments.ts';

export type Written = NewDocument<unknown>;

export class DocumentsHooked implements Documents {
  readonly inner: Documents;
  writes = 0;
  beforeRead: (kind: string, id: string) => void | Promise<void> = () => undefined;
  /** Before a create or a replace. */
  beforeWrite: (document: Written) => void | Promise<void> = () => undefined;
  afterWrite: (document: Written) => void | Promise<void> = () => undefined;

  constructor(inner: Documents = memoryDocuments()) {
    this.inner = inner;
  }

  async create<Body>(document: NewDocument<Body>): Promise<{ readonly etag: string } | 'exists'> {
    await this.beforeWrite(document);
    const written = await this.inner.create(document);
    if (written !== 'exists') await this.#written(document);
    return written;
  }

  async read<Body>(kind: string, id: string): Promise<StoredDocument<Body> | undefined> {
    await this.beforeRead(kind, id);
    return this.inner.read<Body>(kind, id);
  }

  async replace<Body>(document: NewDocument<Body>, etag: string): Promise<{ readonly etag: string } | 'changed'> {
    await this.beforeWrite(document);
    const written = await this.inner.replace(document, etag);
    if (written !== 'changed') await this.#written(document);
    return written;
  }

  find<Body>(find: Find): Promise<Page<Body>> {
    return this.inner.find<Body>(find);
  }

  scan<Body>(scan: Scan): Promise<ScanPage<Body>> {
    return this.inner.scan<Body>(scan);
  }

  async #written(document: Written): Promise<void> {
    this.writes += 1;
    await this.afterWrite(document);
  }
}
