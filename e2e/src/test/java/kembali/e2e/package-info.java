/**
 * The packaged server and the packaged sandbox as child processes, driven over HTTP like the world does. Nothing
 * here sees a class of either: what a test knows, it knows from the contract.
 */
@NullMarked
package kembali.e2e;

import org.jspecify.annotations.NullMarked;
