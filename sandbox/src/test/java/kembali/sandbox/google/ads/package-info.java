/** Uploads of the Google Ads API over HTTP, row by row. */
@NullMarked
package kembali.sandbox.google.ads;

import org.jspecify.annotations.NullMarked;
