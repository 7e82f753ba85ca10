package io.patchbay.compute.image;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.emulators.qemu.QemuInstallation;
import io.patchbay.emulators.qemu.QemuInstallation.Binary;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.image.NewDisk;
import io.patchbay.runtime.image.QemuImg;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** QEMU's programs, and the disks that they make. */
@Dependent
@Path("qemu")
@Produces(MediaType.APPLICATION_JSON)
public class QemuResource {
  private static final BodySchema BINARIES =
      BodySchema.resource(QemuResource.class, "binaries.schema.json");
  private static final BodySchema CREATE =
      BodySchema.resource(QemuResource.class, "create-disk.schema.json");
  private static final BodySchema UPDATE =
      BodySchema.resource(QemuResource.class, "update-disk.schema.json");

  private static final String PROGRAM = "qemu_img";
  private static final String PATH = "path";
  private static final String FORMAT = "format";
  private static final String SIZE = "size";
  private static final String EXTEND = "extend";

  /** What of a request is not an option of the format. */
  private static final Set<String> NO_OPTIONS = Set.of(PROGRAM, PATH, FORMAT, SIZE);

  /** One for all requests, as it remembers what it found out. */
  private static final QemuInstallation QEMU = new QemuInstallation();

  @Inject private ComputeLab lab;

  @GET
  @Path("binaries")
  public CompletionStage<List<Binary>> binaries(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, BINARIES);
    return Blocking.call(
        () ->
            body.get("archs") instanceof JsonArray wanted
                ? QEMU.systems(
                    wanted.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .collect(Collectors.toSet()))
                : QEMU.systems());
  }

  @GET
  @Path("img-binaries")
  public CompletionStage<List<Binary>> imagePrograms() {
    return Blocking.call(QEMU::imagePrograms);
  }

  @GET
  @Path("capabilities")
  public CompletionStage<JsonObject> capabilities() {
    return Blocking.call(
        () ->
            Json.createObjectBuilder()
                .add("kvm", Json.createArrayBuilder(QEMU.kvmArchitectures()))
                .build());
  }

  @POST
  @Path("img")
  public CompletionStage<Response> createDisk(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CREATE);
    return Blocking.call(
        () -> {
          Map<String, String> options =
              body.entrySet().stream()
                  .filter(entry -> !NO_OPTIONS.contains(entry.getKey()))
                  .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
          long size = body.getJsonNumber(SIZE).longValueExact();
          program(body).create(image(body), new NewDisk(body.getString(FORMAT), size, options));
          return Response.status(201).build();
        });
  }

  private static String text(Object value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  @PUT
  @Path("img")
  public CompletionStage<Response> updateDisk(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, UPDATE);
    return Blocking.call(
        () -> {
          java.nio.file.Path image = image(body);
          if (body.containsKey(EXTEND)) {
            program(body).extend(image, body.getJsonNumber(EXTEND).longValueExact());
          }
          return Response.status(201).build();
        });
  }

  private java.nio.file.Path image(JsonObject body) {
    return lab.adapter().images().place(ImageKind.QEMU, body.getString(PATH));
  }

  private static QemuImg program(JsonObject body) {
    String name = body.getString(PROGRAM);
    return new QemuImg(
        QEMU.imageProgram(name)
            .orElseThrow(
                () ->
                    LabException.conflict("No program " + name + " was found that makes images")));
  }
}
