package io.patchbay.emulators.iou;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The numbers of sockets that IOU instances and bridges of one user of a machine have in common,
 * whichever program they belong to. A number is taken by a lock on the file {@code NUMBER.lck}, as
 * IOU and ubridge do it. Thread-safe.
 */
final class NetioNumbers {
  /** An instance and its bridge are that far apart, which leaves numbers for as many pairs. */
  private static final int APART = 512;

  static final int LAST = 2 * APART;

  private final Path directory;
  private final Set<Integer> taken = new HashSet<>();

  NetioNumbers(Path directory) {
    this.directory = directory;
  }

  /**
   * Those of the user that this server runs as: IOU looks for sockets nowhere else.
   *
   * @throws IOException on a system that has no such users
   */
  static NetioNumbers ofThisUser() throws IOException {
    return new NetioNumbers(Path.of("/tmp/netio" + owner(Path.of("/proc/self"))));
  }

  private static Object owner(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException noUnix) {
      throw new IOException("IOU nodes need Linux", noUnix);
    }
  }

  /** The number of the other end of the links of an instance. */
  static int bridgeOf(int instance) {
    return instance > APART ? instance - APART : instance + APART;
  }

  Path directory() {
    return directory;
  }

  /**
   * Takes the numbers of an instance that is to be launched and of its bridge.
   *
   * @throws LabException (CONFLICT) if one of them is in use
   */
  Claim claim(int instance) {
    Claim claim = adopt(instance);
    try (FileChannel channel = channel(instance)) {
      lock(channel, instance).release();
      // What an instance left that did not end by itself would look like a socket of the new one.
      Files.deleteIfExists(directory.resolve("" + instance));
      return claim;
    } catch (IOException e) {
      claim.close();
      throw unusable(e);
    } catch (LabException inUse) {
      claim.close();
      throw inUse;
    }
  }

  /** The same for one that runs already, which has taken its own number itself. */
  Claim adopt(int instance) {
    make();
    int bridge = bridgeOf(instance);
    List<Integer> pair = List.of(instance, bridge);
    synchronized (this) {
      if (pair.stream().anyMatch(taken::contains)) {
        throw inUse(instance);
      }
      taken.addAll(pair);
    }
    FileChannel channel = null;
    try {
      channel = channel(bridge);
      return new Claim(instance, channel, lock(channel, bridge));
    } catch (IOException e) {
      release(pair, channel);
      throw unusable(e);
    } catch (LabException inUse) {
      release(pair, channel);
      throw inUse;
    }
  }

  private static LabException inUse(int number) {
    return LabException.conflict(
        "The application id %d or its bridge's number %d is in use on this machine"
            .formatted(number, bridgeOf(number)));
  }

  private LabException unusable(IOException e) {
    return LabException.conflict("The directory " + directory + " cannot be used: " + e);
  }

  private void make() {
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException there) {
      requireOurs();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Anybody may make directories beside it. */
  private void requireOurs() {
    try {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          || !owner(directory).equals(owner(Path.of("/proc/self")))) {
        throw new IOException("it belongs to somebody else");
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Path lockFile(int number) {
    return directory.resolve(number + ".lck");
  }

  private FileChannel channel(int number) throws IOException {
    return FileChannel.open(
        lockFile(number),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static FileLock lock(FileChannel channel, int number) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException ours) {
      // Another compute in this process.
    }
    throw inUse(number);
  }

  private void release(List<Integer> pair, FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException gone) {
        // With the channel goes the lock.
      }
    }
    synchronized (this) {
      taken.removeAll(pair);
    }
  }

  /** Two numbers that are ours until it is closed. */
  final class Claim implements AutoCloseable {
    private final int instance;
    private final FileChannel channel;
    private final FileLock lock;

    private Claim(int instance, FileChannel channel, FileLock lock) {
      this.instance = instance;
      this.channel = channel;
      this.lock = lock;
    }

    int instance() {
      return instance;
    }

    /** Removes what an instance that has ended left. */
    void sweep() {
      try (FileChannel left = channel(instance)) {
        FileLock free = left.tryLock();
        if (free != null) {
          Files.deleteIfExists(directory.resolve("" + instance));
          Files.deleteIfExists(lockFile(instance));
          free.release();
        }
      } catch (IOException | OverlappingFileLockException inUse) {
        // Another one has come in its place.
      }
    }

    int bridge() {
      return bridgeOf(instance);
    }

    @Override
    public void close() {
      if (lock.isValid()) {
        try {
          // Before the lock goes, so that nobody's next file is deleted.
          Files.deleteIfExists(lockFile(bridge()));
        } catch (IOException stays) {
          // It says nothing without its lock.
        }
        release(List.of(instance, bridge()), channel);
      }
    }
  }
}
