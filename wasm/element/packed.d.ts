/** What `bundle.js` puts into the single-file build. */
declare module "packed:*" {
  const gzipInBase64: string;
  export default gzipInBase64;
}
declare module "worker:single" {
  const source: string;
  export default source;
}
