/** The Data Manager API over HTTP: refusals, warnings, processing. */
@NullMarked
package kembali.sandbox.google.datamanager;

import org.jspecify.annotations.NullMarked;
