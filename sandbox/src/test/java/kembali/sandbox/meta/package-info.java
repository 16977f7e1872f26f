/** What Meta refuses, and what it must not refuse, over real sockets. */
@NullMarked
package kembali.sandbox.meta;

import org.jspecify.annotations.NullMarked;
