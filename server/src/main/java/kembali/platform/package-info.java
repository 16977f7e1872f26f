/**
 * What each advertising platform must do, and the words platforms and delivery share.
 *
 * <p>A platform is one folder below this one: its settings form, event catalog, rules, encoder and
 * reply reader. It is pure: no network, no clock, no database, and no platform knows another. Adding
 * one means adding a folder and naming it in {@link kembali.platform.Platforms}.
 */
@NullMarked
package kembali.platform;

import org.jspecify.annotations.NullMarked;
