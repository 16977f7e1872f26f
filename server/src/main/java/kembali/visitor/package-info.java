/**
 * What a visit tells us: the visitor's code, the click ids and campaign words it arrived with, and
 * which platform and channel it is credited to.
 *
 * <p>Data and pure rules. Reading wire forms (query strings, cookies, headers) is the work of
 * {@code kembali.capture}; nothing here stores anything.
 */
@NullMarked
package kembali.visitor;

import org.jspecify.annotations.NullMarked;
