package io.patchbay.emulators.vm;

import io.patchbay.spi.LabException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A program that is looked for and checked once, when it is needed first. Thread-safe. */
public final class CheckedProgram {
  private final Supplier<Optional<Path>> search;
  private final String missing;
  private final Consumer<Path> check;
  private Optional<Path> found = Optional.empty();

  /**
   * @param missing what is said if it is not found
   * @param check throws a {@link LabException} if what was found cannot be used
   */
  public CheckedProgram(Supplier<Optional<Path>> search, String missing, Consumer<Path> check) {
    this.search = search;
    this.missing = missing;
    this.check = check;
  }

  /**
   * @throws LabException (CONFLICT) if there is none that can be used; it may have been installed
   *     by the next time
   */
  public synchronized Path require() {
    if (found.isEmpty()) {
      Path program = search.get().orElseThrow(() -> LabException.conflict(missing));
      check.accept(program);
      found = Optional.of(program);
    }
    return found.get();
  }

  /** Why it cannot be used; empty if it can. */
  public Optional<String> unavailable() {
    try {
      require();
      return Optional.empty();
    } catch (LabException e) {
      return Optional.of(e.getMessage());
    }
  }
}
