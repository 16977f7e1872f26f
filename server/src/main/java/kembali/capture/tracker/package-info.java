/**
 * The browser tracker's edge: the script that pages load, and what it reports. The script itself is written in
 * TypeScript in the folder {@code tracker} of the repository; here lies only what its build made.
 */
@NullMarked
package kembali.capture.tracker;

import org.jspecify.annotations.NullMarked;
