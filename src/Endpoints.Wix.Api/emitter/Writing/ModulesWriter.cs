using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes how a client gets a vertical's modules: <c>wix.Stores.ProductsV3</c>.</summary>
internal static class ModulesWriter
{
    private const string Data = "data";

    public static string Write(string vertical, string root, IReadOnlyList<Service> services)
    {
        var name = Identifiers.Pascal(vertical);
        var code = new Code("Endpoints.Wix");
        code.Line();
        if (vertical == Data)
        {
            // The client has the items already, and this package adds to them.
            code.Summary($"Gives clients the modules of <c>@wix/{vertical}</c>.");
            code.Open($"public static class Wix{name}Extensions");
            code.Line("/// <param name=\"data\">The modules of a client.</param>");
            code.Open("extension(WixData data)");
            Modules(code, root, services, "data");
            code.Close();
            code.Close();
            return code.ToString();
        }

        code.Summary($"Gives clients the modules of <c>@wix/{vertical}</c>.");
        code.Open($"public static class Wix{name}Extensions");
        code.Line("/// <param name=\"client\">The client.</param>");
        code.Open("extension(WixApiClient client)");
        code.Summary($"Gets the modules of <c>@wix/{vertical}</c>. They speak for the client.");
        code.Line($"public Wix{name} {name} => new(client);");
        code.Close();
        code.Close();
        code.Line();
        code.Summary($"Represents the modules of <c>@wix/{vertical}</c> on a client.");
        code.Open($"public readonly ref struct Wix{name}");
        code.Line("private readonly WixApiClient _client;");
        code.Line();
        code.Line($"internal Wix{name}(WixApiClient client) => _client = client ?? throw new "
            + "global::System.ArgumentNullException(nameof(client));");
        Modules(code, root, services, "_client");
        code.Close();
        return code.ToString();
    }

    private static void Modules(Code code, string root, IReadOnlyList<Service> services, string client)
    {
        foreach (var service in services)
        {
            var module = Identifiers.Module(service.Name);
            code.Line();
            code.Summary($"Gets <c>{service.Name}</c>.");
            code.Line($"public global::{root}.{module} {module} => {client}.GetModule<global::{root}.{module}>();");
        }
    }
}
