package io.patchbay.controller.symbol;

import io.patchbay.controller.picture.Size;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The built-in symbols and the files in the symbols' directory. Files are looked at anew each time,
 * so whatever is put there counts at once.
 */
@Singleton
public class SymbolLibrary {
  private static final Logger LOG = Logger.getLogger(SymbolLibrary.class.getName());

  /** What a node has whose symbol is not said or cannot be drawn. */
  public static final String COMPUTER = BuiltinSymbols.PREFIX + "computer.svg";

  /** File systems take names of this many bytes; a save needs a suffix. */
  private static final int LONGEST_NAME = 200;

  private static final int DEEPEST = 5;

  private final BuiltinSymbols builtin = new BuiltinSymbols();
  private final Path directory;
  private final int maxBytes;

  @Inject
  public SymbolLibrary(Settings settings) {
    this(settings.symbols(), settings.symbolMaxBytes());
  }

  /**
   * @param maxBytes of a picture that is uploaded
   */
  public SymbolLibrary(Path directory, int maxBytes) {
    this.directory = directory.toAbsolutePath().normalize();
    this.maxBytes = maxBytes;
  }

  List<Symbol> all() {
    return Stream.concat(builtin.all().stream(), own().stream()).toList();
  }

  private List<Symbol> own() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .map(id -> new Symbol(id, Symbol.CUSTOM, false))
          .toList();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the symbols in " + directory + " cannot be listed", e);
      return List.of();
    }
  }

  /** The picture of a symbol; of another one that stands in if there is none with this id. */
  Picture picture(String id) {
    return (builtin.has(id) ? Optional.<Picture>empty() : file(id).flatMap(SymbolLibrary::read))
        .or(() -> builtin.find(id).map(builtin::picture))
        .orElseGet(() -> builtin.picture(builtin.find(COMPUTER).orElseThrow()));
  }

  /** The file that an id names, if that is one below the directory, links included. */
  private Optional<Path> file(String id) {
    try {
      Path file = directory.resolve(id).normalize();
      return file.startsWith(directory)
              && Files.isRegularFile(file)
              && file.toRealPath().startsWith(directory.toRealPath())
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException | InvalidPathException noFile) {
      return Optional.empty();
    }
  }

  private static Optional<Picture> read(Path file) {
    try {
      return Optional.of(Picture.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the symbol " + file + " cannot be read", e);
      return Optional.empty();
    }
  }

  /** How large a node with this symbol is drawn; a picture that cannot be read counts as none. */
  public Size size(String id) {
    return picture(id).size().orElseGet(() -> picture(COMPUTER).size().orElseThrow());
  }

  /** Whether a node with this symbol can be drawn. */
  public boolean isReadable(String id) {
    return picture(id).size().isPresent();
  }

  /** For each theme, which symbol stands for which kind of device. */
  public JsonObject defaults() {
    return builtin.defaults();
  }

  /**
   * Stores a picture under the last part of its id.
   *
   * @throws LabException (INVALID) if the name is none, or the picture is too large or has active
   *     content; (CONFLICT) if it cannot be written
   */
  void store(String id, InputStream content) {
    String name = id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\')) + 1);
    if (name.isBlank()
        || name.startsWith(".")
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw LabException.invalid("'" + name + "' is no name for a symbol");
    }
    try {
      byte[] bytes = content.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw LabException.invalid("A symbol may have " + maxBytes + " bytes at most");
      }
      Picture.of(bytes).requirePassive();
      Files.createDirectories(directory);
      DurableFile.write(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw LabException.conflict("The symbol " + name + " cannot be written");
    }
  }
}
