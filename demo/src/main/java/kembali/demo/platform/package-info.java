/**
 * What the demo knows of each advertising platform: the shop's pixels there, what must come of a conversion and the right
 * hashes, told once more from docs/platforms without code of the server. One class a platform, listed in
 * {@link kembali.demo.platform.Platforms}; who the people are is told in {@code sample}, what they do adds up in
 * {@code foresight}.
 */
@NullMarked
package kembali.demo.platform;

import org.jspecify.annotations.NullMarked;
