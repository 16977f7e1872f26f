/**
 * The shapes and signatures of forms and lead ads, a class each. Pure: bytes in, facts out.
 */
@NullMarked
package kembali.inbound.form;

import org.jspecify.annotations.NullMarked;
