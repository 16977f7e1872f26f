/**
 * What must come of the sample, worked out from the rules people are told (docs, contract), without
 * asking the server and without code of it. The rules of each platform are in {@link kembali.demo.platform}.
 */
@NullMarked
package kembali.demo.foresight;

import org.jspecify.annotations.NullMarked;
