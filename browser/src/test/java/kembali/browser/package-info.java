/**
 * The browser tracker in a real Chromium: pages of a site of its own, and a hub on another one that records what
 * arrives. Knows the tracker by its file and its contract only.
 */
@NullMarked
package kembali.browser;

import org.jspecify.annotations.NullMarked;
