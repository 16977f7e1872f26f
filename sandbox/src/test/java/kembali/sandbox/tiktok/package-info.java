/** Tests of the TikTok stand-in, by HTTP. */
@NullMarked
package kembali.sandbox.tiktok;

import org.jspecify.annotations.NullMarked;
