/**
 * What all our links have in common, rotators and campaigns: on which host one was opened and whose that is, what a
 * request says of the visit, which day it is, and what machines ask. Where a link leads is not here.
 */
@NullMarked
package kembali.capture.link;

import org.jspecify.annotations.NullMarked;
