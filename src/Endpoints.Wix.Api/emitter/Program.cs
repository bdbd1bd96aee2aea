using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;
using Endpoints.Wix.Api.Emitter.Writing;

// Writes a vertical's modules: emitter <folder of its facts> <output folder> <namespace>
if (args is ["classes", var factsFile, var answer, var classes, var space])
{
    // For benchmarks: one message of a service as plain classes.
    File.WriteAllText(classes, ClassWriter.Write(space, Service.Read(factsFile), answer));
    return 0;
}

if (args is not [var facts, var target, var root])
{
    Console.Error.WriteLine("Usage: emitter <folder of a vertical's facts> <output folder> <namespace>");
    return 1;
}

var vertical = Path.GetFileName(Path.TrimEndingDirectorySeparator(facts));
var services = Directory.GetFiles(facts, "*.json").Order(StringComparer.Ordinal).Select(Service.Read).ToList();
var events = new EventNames(services);
var names = new TypeNames(vertical, services, events);
var values = new Values(names);
var messages = new MessageWriter(values);
HashSet<string> kept = new(StringComparer.Ordinal), done = new(StringComparer.Ordinal);
// What updates take: one type may be that of several services.
var entities = services.SelectMany(service => service.Methods.Where(static method => method.Verb is "PATCH" or "PUT")
    .SelectMany(
        method => method.Bindings.Where(static bound => bound.Path.EndsWith(".*", StringComparison.Ordinal))
            .Select(bound => service.FieldAt(method.Request, bound.Path[..^2])?.Type.Name))
    .OfType<string>().Select(type => names.Of(service, type))).ToHashSet(StringComparer.Ordinal);
Directory.CreateDirectory(target);
var happenings = new EventWriter(vertical, names, events);
HashSet<string> happened = new(StringComparer.Ordinal);
foreach (var service in services)
{
    var module = new Code(root);
    var types = new Code(root);
    IEnumerable<string> reached;
    if (service.Plugin is { } plugin)
    {
        new PluginWriter(vertical, names).Write(module, service, plugin);
        reached = service.Messages.Keys.Concat(service.Enums.Keys);
    }
    else
    {
        var writer = new ModuleWriter(vertical, names, values, messages, events);
        writer.Write(module, service);
        reached = writer.Reached;
    }

    foreach (var one in service.Events.Where(one => happened.Add(one.Type)))
        happenings.Write(module, service, one);
    foreach (var type in reached.Order(StringComparer.Ordinal))
    {
        var name = names.Of(service, type);
        if (!done.Add(name))
            continue;
        if (service.Enums.TryGetValue(type, out var members))
            EnumWriter.Write(types, name, type, members);
        else
            messages.Write(types, service, name, $"Represents Wix's message <c>{type}</c>.", service.Messages[type],
                entities.Contains(name));
    }

    Keep($"{service.Name}.g.cs", module.ToString());
    Keep($"{service.Name}.Types.g.cs", types.ToString());
}

Keep("Modules.g.cs", ModulesWriter.Write(vertical, root, [.. services.Where(static service => service.Plugin is null)]));
foreach (var stale in Directory.GetFiles(target, "*.g.cs").Where(file => !kept.Contains(Path.GetFileName(file))))
    File.Delete(stale);
return 0;

void Keep(string name, string text)
{
    kept.Add(name);
    var file = Path.Combine(target, name);
    // A file that says the same keeps its time, and the build what it has.
    if (!File.Exists(file) || File.ReadAllText(file) != text)
        File.WriteAllText(file, text);
}
