using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes an event: what it is about, over the raw event's JSON.</summary>
internal sealed class EventWriter(string vertical, TypeNames names, EventNames events)
{
    public void Write(Code code, Service service, Event one)
    {
        var name = events.Of(one);
        code.Line();
        code.Summary($"Represents Wix's event <c>{one.Name}</c> of <c>{service.Name}</c> of <c>@wix/{vertical}</c>: <c>{one.Type}</c>.");
        if (one.Permissions.Count > 0)
            code.Remarks($"Permissions: {string.Join(", ", one.Permissions.Select(static id => $"<c>{id}</c>"))}.");
        code.Line($"/// <seealso href=\"{service.Documentation}/{Identifiers.Kebab(one.Name)}\"/>");
        code.Line($"[WixName(\"{one.Type}\")]");
        code.Open($"public sealed class {name} : WixEvent, IWixEvent<{name}>");
        code.Open($"private {name}(WixEvent raw) : base(raw)");
        code.Close();
        code.Line();
        code.Line($"static string IWixEvent<{name}>.EventType => \"{one.Type}\";");
        if (one.Entity is { } entity)
            Entity(code, names.Of(service, entity), one.Slug);
        if (one.Data is { } body)
            Body(code, names.Of(service, body), one.IsDomainEvent);
        code.Line();
        code.Summary("Makes a typed event over a raw one.");
        code.Line("/// <param name=\"raw\">The raw event.</param>");
        code.Line($"public static {name} Create(WixEvent raw) => new(raw);");
        code.Close();
    }

    private static void Entity(Code code, string type, string slug)
    {
        switch (slug)
        {
            case "created":
                Property(code, "Gets the entity that was created.", type, "Entity", Get(type, "createdEvent", "entity"));
                break;
            case "updated":
                Property(code, "Gets the entity after the update.", type, "CurrentEntity", Get(type, "updatedEvent", "currentEntity"));
                Property(code, "Gets the values that the changed fields had before; <see langword=\"null\"/> if Wix didn't send them.",
                    "global::System.Text.Json.Nodes.JsonObject?", "ModifiedFields",
                    "WireFind(\"updatedEvent\", \"modifiedFields\", WixKinds.Struct)");
                break;
            case "deleted":
                Property(code, "Gets the entity before it was deleted; <see langword=\"null\"/> if Wix didn't send it.", $"{type}?",
                    "DeletedEntity", $"WireFind(\"deletedEvent\", \"deletedEntity\", WixKinds.Message<{type}>())");
                break;
            default:
                throw new InvalidOperationException($"An event with an entity is '{slug}'.");
        }
    }

    private static void Body(Code code, string type, bool isDomainEvent) =>
        Property(code, "Gets what happened.", type, "Body", isDomainEvent ? Get(type, "actionEvent", "body") : $"{type}.Create(Data)");

    private static string Get(string type, string member, string name) =>
        $"WireGet(\"{member}\", \"{name}\", WixKinds.Message<{type}>())";

    private static void Property(Code code, string summary, string type, string name, string value)
    {
        code.Line();
        code.Summary(summary);
        if (!type.EndsWith('?') && !value.EndsWith("Create(Data)", StringComparison.Ordinal))
            code.Line("/// <exception cref=\"global::System.FormatException\">The event doesn't have it.</exception>");
        code.Line($"public {type} {name} => field ??= {value};");
    }
}
