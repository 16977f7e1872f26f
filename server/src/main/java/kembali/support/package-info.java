/**
 * Small foundations every feature may use: clock, ids, JSON, money, secrets, settings of the
 * process. No feature's words live here.
 */
@NullMarked
package kembali.support;

import org.jspecify.annotations.NullMarked;
