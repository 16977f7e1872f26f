/** Tests of the targets of postbacks. */
@NullMarked
package kembali.sandbox.s2s;

import org.jspecify.annotations.NullMarked;
