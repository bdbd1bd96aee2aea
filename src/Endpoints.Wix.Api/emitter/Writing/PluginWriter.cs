using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes a service plugin: an abstract class with a method for each of Wix's calls, and the table of them.</summary>
internal sealed class PluginWriter(string vertical, TypeNames names)
{
    public void Write(Code code, Service service, Plugin plugin)
    {
        var name = Identifiers.Plugin(service.Name);
        code.Line();
        code.Summary($"Represents Wix's service plugin <c>{service.Name}</c> of <c>@wix/{vertical}</c>: <c>{plugin.Type}</c>. "
            + "Derive from it to answer Wix's calls.");
        code.Line($"/// <seealso href=\"{service.Documentation}\"/>");
        code.Line($"[WixName(\"{plugin.Type}\")]");
        code.Open($"public abstract class {name} : WixPlugin, IWixPlugin");
        HashSet<string> used = new(StringComparer.Ordinal) { name, "Errors", "Table" };
        List<(PluginMethod Method, string Name)> methods = [];
        foreach (var method in plugin.Methods)
        {
            var pascal = Identifiers.Pascal(method.Name);
            while (!used.Add(pascal))
                pascal += "Call";
            methods.Add((method, pascal));
        }

        Table(code, service, plugin.Type, name, methods);
        foreach (var (method, pascal) in methods)
            Method(code, service, method, pascal);
        Errors(code, plugin.Errors);
        code.Close();
    }

    private void Table(Code code, Service service, string type, string plugin, List<(PluginMethod Method, string Name)> methods)
    {
        code.Line("static WixPluginTable IWixPlugin.Table { get; } = new(");
        code.Line($"    \"{type}\",");
        for (var i = 0; i < methods.Count; i++)
        {
            var (method, name) = methods[i];
            code.Line($"    new WixPluginMethod(\"{method.Name}\", \"{method.Path}\", static async (plugin, call, cancellationToken) =>");
            code.Line($"        await (({plugin})plugin).{name}Async({names.Of(service, method.Request)}.Create(call.Request), call, "
                + $"cancellationToken).ConfigureAwait(false)){(i < methods.Count - 1 ? "," : ");")}");
        }
    }

    private void Method(Code code, Service service, PluginMethod method, string name)
    {
        code.Line();
        code.Summary($"Answers <c>{method.Name}</c>, which Wix calls at <c>{method.Path}</c>.");
        code.Line("/// <param name=\"request\">The request.</param>");
        code.Line("/// <param name=\"call\">What goes along: the app instance, the identity, the currency and the languages.</param>");
        code.Line("/// <param name=\"cancellationToken\">The token to monitor for cancellation requests.</param>");
        code.Line("/// <returns>A task whose result is the answer.</returns>");
        code.Line("/// <exception cref=\"WixPluginException\">The plugin answers with a business error.</exception>");
        code.Line($"/// <seealso href=\"{service.Documentation}/{Identifiers.Kebab(method.Name)}\"/>");
        code.Line($"public abstract global::System.Threading.Tasks.Task<{names.Of(service, method.Response)}> {name}Async("
            + $"{names.Of(service, method.Request)} request, WixPluginCall call, global::System.Threading.CancellationToken "
            + "cancellationToken);");
    }

    private static void Errors(Code code, IReadOnlyList<(int Status, string Code)> errors)
    {
        if (errors.Count == 0)
            return;
        code.Line();
        code.Summary("Provides the business errors that the plugin can answer with: throw them.");
        code.Open("public static class Errors");
        HashSet<string> used = new(StringComparer.Ordinal) { "Errors", "Equals", "ReferenceEquals" };
        foreach (var (status, error) in errors)
        {
            var name = Identifiers.Pascal(error);
            while (!used.Add(name))
                name += "Error";
            code.Summary($"Returns <c>{error}</c>, with status {status}.");
            code.Line("/// <param name=\"data\">The data of the error, which Wix gets as it is.</param>");
            code.Line($"public static WixPluginException {name}(global::System.Text.Json.Nodes.JsonObject? data = null) => "
                + $"new({status}, \"{error}\", data);");
            code.Line();
        }

        code.Close();
    }
}
