/** Starts the processes, plays the sample against them over HTTP, and reads back what became of it. */
@NullMarked
package kembali.demo.drive;

import org.jspecify.annotations.NullMarked;
