/** Tokens over HTTP. */
@NullMarked
package kembali.sandbox.google.oauth;

import org.jspecify.annotations.NullMarked;
