package io.patchbay.controller.drawing;

import io.patchbay.controller.picture.Raster;
import io.patchbay.controller.picture.SvgCheck;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pictures of a project's drawings. Large ones are files in {@code project-files/images}, as
 * GNS3 keeps them, so that the project's file, which is written at every change, stays small.
 */
public final class Pictures {
  private static final Logger LOG = Logger.getLogger(Pictures.class.getName());
  private static final int LARGE = 1000;
  private static final String NOTHING = "<svg></svg>";
  private static final String MARK = "<svg";

  /** Names that are made here or by GNS3; anything else was put there by somebody. */
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}\\.[a-z0-9]{1,5}");

  private final Path directory;

  /**
   * @param project its directory
   */
  public Pictures(Path project) {
    directory = project.resolve("project-files").resolve("images");
  }

  /** The drawing that a file describes. One that is not passive stays stored but is not shown. */
  public Drawing load(JsonObject stored) {
    JsonObjectBuilder whole = Json.createObjectBuilder(stored);
    if (!stored.containsKey("drawing_id")) {
      whole.add("drawing_id", UUID.randomUUID().toString());
    }
    return new Drawing(whole.build(), shown(stored.getString("svg", NOTHING)));
  }

  private String shown(String svg) {
    try {
      String picture = svg.contains(MARK) ? svg : read(svg);
      SvgCheck.require(picture);
      return picture;
    } catch (IOException | LabException notShown) {
      LOG.log(Level.WARNING, "a drawing is not shown: {0}", notShown.getMessage());
      return NOTHING;
    }
  }

  private String read(String name) throws IOException {
    Path file = directory.resolve(plain(name));
    byte[] content;
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("picture " + name + " not found");
    }
    content = Files.readAllBytes(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException binary) {
      return framed(content);
    }
  }

  /** The last part of a path of any system. */
  private static String plain(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  private static String framed(byte[] picture) throws IOException {
    Raster raster =
        Raster.of(picture).orElseThrow(() -> new IOException("unknown kind of picture"));
    return ("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
            + " height=\"%1$d\" width=\"%2$d\">\n<image height=\"%1$d\" width=\"%2$d\""
            + " xlink:href=\"data:image/%3$s;base64,%4$s\" />\n</svg>")
        .formatted(
            raster.size().height(),
            raster.size().width(),
            raster.type(),
            Base64.getEncoder().encodeToString(picture));
  }

  /**
   * A drawing as a client gives it; writes its picture if that is large.
   *
   * @throws LabException INVALID if the picture is not passive, CONFLICT if it cannot be written
   */
  Drawing store(JsonObject drawing) {
    String svg = drawing.getString("svg");
    SvgCheck.require(svg);
    if (svg.length() <= LARGE) {
      return new Drawing(drawing, svg);
    }
    byte[] content = svg.getBytes(StandardCharsets.UTF_8);
    String name = md5(content) + ".svg";
    Path file = directory.resolve(name);
    try {
      if (Files.notExists(file)) {
        Files.createDirectories(directory);
        DurableFile.write(file, content);
      }
    } catch (IOException e) {
      throw LabException.conflict("The picture cannot be written: " + e.getMessage());
    }
    return new Drawing(Json.createObjectBuilder(drawing).add("svg", name).build(), svg);
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes pictures that no drawing uses any more. */
  public void clean(Collection<Drawing> drawings, Optional<String> logo) {
    Set<String> used =
        drawings.stream()
            .map(drawing -> plain(drawing.stored().getString("svg", "")))
            .collect(Collectors.toSet());
    logo.ifPresent(used::add);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (OURS.matcher(name).matches() && !used.contains(name)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "unused pictures cannot be deleted: {0}", e.getMessage());
    }
  }
}
