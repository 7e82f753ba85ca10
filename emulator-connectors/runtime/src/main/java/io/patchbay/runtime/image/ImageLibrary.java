package io.patchbay.runtime.image;

import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The images of a compute: a directory for each {@link ImageKind} inside one for all, the layout of
 * GNS3, so both can use the same directory. Thread-safe.
 */
public final class ImageLibrary {
  /** A path of Windows, which a client on another system may send. */
  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*", Pattern.DOTALL);

  private final Path root;
  private final boolean local;
  private final Checksums checksums = new Checksums();
  private final ImageUploads uploads = new ImageUploads(checksums);
  private final PartialUploads parts = new PartialUploads(uploads);

  /**
   * @param root absolute; directories are made when they are needed
   * @param local whether images may lie anywhere on this machine
   */
  public ImageLibrary(Path root, boolean local) {
    this.root = root.normalize();
    this.local = local;
  }

  /** Whether images may lie anywhere on this machine. */
  public boolean isLocal() {
    return local;
  }

  /** Where images of a kind are put; perhaps not there yet. */
  public Path directory(ImageKind kind) {
    return root.resolve(kind.directory());
  }

  /** Images of a kind, also below its directory, and those that old versions left one above. */
  public List<Image> list(ImageKind kind) {
    Path home = directory(kind);
    List<Image> images = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : ImageFiles.below(home, Integer.MAX_VALUE)) {
      names.add(file.getFileName().toString());
      image(kind, file, home.relativize(file)).ifPresent(images::add);
    }
    for (Path file : ImageFiles.below(root, 1)) {
      if (names.add(file.getFileName().toString())) {
        image(kind, file, file).ifPresent(images::add);
      }
    }
    return images;
  }

  private Optional<Image> image(ImageKind kind, Path file, Path path) {
    if (!ImageFiles.isImage(kind, file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Image(
              file.getFileName().toString(), slashes(path), checksums.of(file), Files.size(file)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /**
   * The file that a node or a client means.
   *
   * @param name relative to the directory of the kind, the last part of a path somewhere below it,
   *     or absolute
   * @throws LabException (CONFLICT) if there is no such image, with {@code image} among its details
   *     so that a controller can send it, or if it lies where this server may not look
   */
  public Path find(ImageKind kind, String name) {
    return find(kind, name, List.of());
  }

  /**
   * @param further directories that may hold it too, such as that of the node's project
   */
  public Path find(ImageKind kind, String name, List<Path> further) {
    Path wanted = path(kind, name);
    List<Path> directories = new ArrayList<>(List.of(directory(kind), root));
    directories.addAll(further);
    if (!wanted.isAbsolute()) {
      return directories.stream()
          .flatMap(directory -> search(directory, wanted).stream())
          .findFirst()
          .orElseThrow(() -> missing(name));
    }
    if (!local && directories.stream().noneMatch(wanted::startsWith)) {
      throw outside(kind, name);
    }
    if (!Files.isRegularFile(wanted) && !(local && Files.exists(wanted))) {
      throw missing(name);
    }
    return wanted;
  }

  /**
   * The same for somebody who may have images only: the name must be relative and must not step up.
   *
   * @throws LabException (FORBIDDEN) if it is not
   */
  public Path findListed(ImageKind kind, String name) {
    if (name.startsWith("/") || (name + "/").contains("../") || DRIVE.matcher(name).matches()) {
      throw LabException.forbidden(name + " is none of the images of this server");
    }
    return find(kind, name);
  }

  private Path path(ImageKind kind, String name) {
    if (DRIVE.matcher(name).matches() || name.indexOf('\0') >= 0) {
      throw outside(kind, name);
    }
    try {
      Path path = Path.of(name).normalize();
      if (path.startsWith("..")) {
        throw outside(kind, name);
      }
      if (path.toString().isEmpty()) {
        throw missing(name);
      }
      return path;
    } catch (InvalidPathException unusable) {
      throw missing(name);
    }
  }

  private static Optional<Path> search(Path directory, Path wanted) {
    Path direct = directory.resolve(wanted);
    if (Files.isRegularFile(direct)) {
      return Optional.of(direct);
    }
    return wanted.getNameCount() > 1
        ? Optional.empty()
        : ImageFiles.below(directory, Integer.MAX_VALUE).stream()
            .filter(file -> file.getFileName().equals(wanted.getFileName()))
            .findFirst();
  }

  private static LabException missing(String name) {
    return new LabException(
        ErrorCode.CONFLICT, "Image " + name + " not found", Map.of("image", name));
  }

  private LabException outside(ImageKind kind, String name) {
    return LabException.conflict(name + " is not allowed on this server: it is none of its images");
  }

  /**
   * How a node's settings name an image on this compute: by the last part of its path if it lies in
   * the directory for all images or one of the others, relative to the directory of its kind, else
   * absolute.
   *
   * @param file as {@link #find} returned it
   */
  public String shortName(ImageKind kind, Path file, List<Path> further) {
    Path home = directory(kind);
    if (file.startsWith(home)) {
      return slashes(home.relativize(file));
    }
    List<Path> others = new ArrayList<>(List.of(root));
    others.addAll(further);
    return others.contains(file.getParent()) ? file.getFileName().toString() : slashes(file);
  }

  /**
   * The MD5 sum of a file in hexadecimal, computed once for its size and time.
   *
   * @throws LabException (CONFLICT) if it cannot be read
   */
  public String md5sum(Path file) {
    try {
      return checksums.of(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The same for a file that a node writes to, whose sum would have to be computed all the time:
   * what it was last, or when it was looked at first.
   *
   * @throws LabException (CONFLICT) if there is none and the file cannot be read
   */
  public String lastMd5sum(Path file) {
    try {
      return checksums.lastKnown(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static LabException unreadable(Path file, IOException e) {
    return LabException.conflict("The image " + file + " cannot be read: " + e.getMessage());
  }

  /**
   * Stores an image; one of that name is replaced once all has arrived. It is never held in memory.
   *
   * @param name relative to the directory of the kind
   * @param size of the content in bytes, where it is known before
   * @throws LabException FORBIDDEN if the name leads elsewhere or would be hidden; CONFLICT if the
   *     content cannot be stored, as on a full disk, or ends early: nothing of it stays then
   */
  public void upload(ImageKind kind, String name, InputStream content, OptionalLong size) {
    uploads.store(inside(kind, name), kind, name, content, size);
  }

  /**
   * How many bytes are there of an image that is sent in parts.
   *
   * @param size of the whole image
   * @throws LabException as {@link #upload}
   */
  public long received(ImageKind kind, String name, long size) {
    return parts.received(inside(kind, name), size);
  }

  /**
   * Stores a part of an image; with the last byte the image is there, in place of one of that name.
   * Of a part that breaks off, what came is kept.
   *
   * @param size of the whole image
   * @param offset how much is there, by what the sender knows
   * @return how much is there then
   * @throws LabException as {@link #upload}; CONFLICT also if something else is there
   */
  public long append(ImageKind kind, String name, long size, long offset, InputStream content) {
    return parts.append(inside(kind, name), kind, size, offset, content);
  }

  /**
   * Where a new image goes, and where one is that is to be changed.
   *
   * @param name relative to the directory of the kind; on a local server also absolute
   * @throws LabException (FORBIDDEN) if it leads elsewhere or would be hidden
   */
  public Path place(ImageKind kind, String name) {
    if (name.startsWith("/") && local && name.indexOf('\0') < 0) {
      return Path.of(name).normalize();
    }
    return inside(kind, name);
  }

  private Path inside(ImageKind kind, String name) {
    Path home = directory(kind);
    Path place;
    try {
      Files.createDirectories(home);
      place = DirectoryTree.inside(home, name);
    } catch (IOException e) {
      throw LabException.conflict("The directory of the images cannot be made: " + e.getMessage());
    } catch (LabException outside) {
      throw LabException.forbidden("The image " + name + " would not be among the images");
    }
    if (ImageFiles.isHidden(place.getFileName().toString()) || Files.isDirectory(place)) {
      throw LabException.forbidden("An image cannot be called " + name);
    }
    return place;
  }
}
