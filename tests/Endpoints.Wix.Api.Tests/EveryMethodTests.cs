using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Endpoints.Wix.Members;
using Endpoints.Wix.Stores;

namespace Endpoints.Wix.Api.Tests;

/// <summary>Every method of the emitted modules can be called, and calls what its operation says.</summary>
public sealed class EveryMethodTests
{
    private const int LeastMethods = 250;

    [Fact]
    public async Task Every_method_sends_its_operation()
    {
        await using var site = await ApiSite.StartAsync();
        var calls = 0;
        List<string> wrong = [];
        foreach (var module in Modules())
        {
            var target =
                typeof(WixApiClient).GetMethod(nameof(WixApiClient.GetModule))!.MakeGenericMethod(module).Invoke(site.Admin, null)!;
            foreach (var operation in module.GetNestedType("Operations")!.GetProperties())
            {
                var method = module.GetMethod(operation.Name + "Async")!;
                var (says, before) = ((WixOperation)operation.GetValue(null)!, site.Wix.Calls.Count);
                try
                {
                    await (Task)method.Invoke(target, [.. method.GetParameters().Select(static one => Argument(one.ParameterType))])!;
                }
                catch (WixApiException)
                {
                    // The emulator does not know it, or finds fault with it: it was sent.
                }

                calls++;
                if (site.Wix.Calls.Count != before + 1 || site.Wix.Calls[^1] is not { } call || call.Method != says.Method.Method
                    || !Template(says.Path).IsMatch(call.Path))
                    wrong.Add($"{module.Name}.{method.Name}: {(site.Wix.Calls.Count > before ? site.Wix.Calls[^1] : "nothing")} for "
                        + $"{says}");
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(calls, LeastMethods, int.MaxValue);
    }

    private static IEnumerable<Type> Modules() =>
        ((Assembly[])[typeof(ProductsV3).Assembly, typeof(BadgesV2).Assembly, typeof(Media.Files).Assembly,
            typeof(Wix.Data.Collections).Assembly])
        .SelectMany(static assembly => assembly.GetExportedTypes()).Where(static type => type.IsSubclassOf(typeof(WixModule)));

    private static Regex Template(string path) =>
        new("^" + Regex.Replace(path, @"\{[^}]+\}", "[^/]+") + "$", RegexOptions.CultureInvariant);

    /// <summary>A value with something in it, so that no part of an address is missing.</summary>
    private static object? Argument(Type type, int depth = 0)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return "1";
        if (type == typeof(CancellationToken))
            return CancellationToken.None;
        if (type == typeof(JsonObject) || type == typeof(JsonNode))
            return new JsonObject();
        if (type == typeof(byte[]))
            return Array.Empty<byte>();
        if (type.IsSubclassOf(typeof(WixMessage)))
        {
            var message = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties()
                .Where(property => property.CanWrite && depth < 2 && property.PropertyType == typeof(string)))
                property.SetValue(message, "1");
            return message;
        }

        if (typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType)
        {
            var element = type.GetGenericArguments()[^1];
            var isMap = element.IsGenericType;
            var list = Array.CreateInstance(element, isMap ? 0 : 1);
            if (!isMap)
                list.SetValue(Argument(element, depth + 1), 0);
            return list;
        }

        if (type.GetInterfaces().Any(static one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IWixEnumeration<>)))
            return Activator.CreateInstance(type, "VALUE");
        return Activator.CreateInstance(type);
    }
}
