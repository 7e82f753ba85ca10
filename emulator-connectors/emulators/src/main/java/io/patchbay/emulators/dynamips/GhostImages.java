package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hypervisor.Hypervisor;
import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory contents that routers with the same image share: files with what the memory holds when the
 * image has just been loaded, which Dynamips maps into each of them. A file goes when the last
 * router that uses it does. Thread-safe.
 */
final class GhostImages {
  private static final String NAME = "ghost of ";

  private final Map<Path, Ghost> ghosts = new HashMap<>();

  private static final class Ghost {
    private final ReentrantLock making = new ReentrantLock();
    private int users;
  }

  /**
   * The file for routers of this kind; made if it is not there, which takes as long as loading the
   * image does.
   *
   * @param hypervisor makes it
   * @param files of the router that it is made for first
   * @throws LabException (CONFLICT) if it cannot be made; nothing is left then
   */
  Path acquire(Hypervisor hypervisor, RouterProfile profile, RouterFiles files) {
    Path file = files.directory().resolveSibling(name(profile));
    Ghost ghost = use(file);
    ghost.making.lock();
    try {
      if (!Files.exists(file)) {
        make(hypervisor, profile, files, file);
      }
      return file;
    } catch (IOException | LabException failed) {
      release(file);
      throw LabException.conflict("The image cannot be shared: " + failed.getMessage());
    } finally {
      ghost.making.unlock();
    }
  }

  /** Notes one more user of a file that is there. */
  synchronized void hold(Path file) {
    use(file);
  }

  private synchronized Ghost use(Path file) {
    Ghost ghost = ghosts.computeIfAbsent(file, unknown -> new Ghost());
    ghost.users++;
    return ghost;
  }

  synchronized void release(Path file) {
    Ghost ghost = ghosts.get(file);
    if (ghost != null && --ghost.users == 0) {
      ghosts.remove(file);
      try {
        Files.deleteIfExists(file);
      } catch (IOException stays) {
        // It only takes room, and serves the next router.
      }
    }
  }

  /** Names what the memory depends on, so that an image that was replaced is loaded anew. */
  private static String name(RouterProfile profile) {
    try {
      return String.join(
              "-",
              profile.image().getFileName().toString(),
              profile.platform().wireName(),
              profile.chassis().model().orElse(""),
              profile.settings().has("npe") ? profile.settings().text("npe") : "",
              "" + profile.settings().number("ram"),
              "" + Files.size(profile.image()),
              "" + Files.getLastModifiedTime(profile.image()).toMillis())
          + ".ghost";
    } catch (IOException e) {
      throw LabException.conflict("The image cannot be read: " + e.getMessage());
    }
  }

  private static void make(
      Hypervisor hypervisor, RouterProfile profile, RouterFiles files, Path file)
      throws IOException {
    // Under another name until it is whole.
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Instance ghost =
        new Instance(
            hypervisor, files.directory(), profile.platform().wireName(), NAME + files.id());
    try {
      ghost.create(0);
      RouterBuilder.chooseModel(ghost, profile);
      ghost.set("ios", profile.image());
      ghost.set("ram", profile.settings().number("ram"));
      ghost.set("ghost_status", 1);
      ghost.set("ghost_file", unfinished);
      RouterBuilder.insertCards(ghost, profile.equipment());
      ghost.start();
      ghost.stop();
    } finally {
      ghost.deleteWithFiles();
    }
    Files.move(unfinished, file);
  }
}
