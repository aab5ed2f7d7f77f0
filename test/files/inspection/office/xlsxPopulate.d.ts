/** What the tests use of a package that has no types. */
declare module 'xlsx-populate' {
  interface Cell {
    value(value: string | readonly (readonly (string | number)[])[]): Cell;
    formula(formula: string): Cell;
    hyperlink(address: string): Cell;
  }
  export interface Workbook {
    sheet(index: number): { cell(address: string): Cell };
    outputAsync(): Promise<unknown>;
  }
  const XlsxPopulate: { fromBlankAsync(): Promise<Workbook> };
  export default XlsxPopulate;
}
