package io.patchbay.runtime.image;

/**
 * An image as the API lists it.
 *
 * @param filename last part of the path
 * @param path what a node names it by: relative to the directory of its kind with slashes, or
 *     absolute if it lies elsewhere
 * @param md5sum in hexadecimal
 * @param filesize in bytes
 */
public record Image(String filename, String path, String md5sum, long filesize) {}
