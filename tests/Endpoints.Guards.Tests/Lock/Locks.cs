using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Guards.Tests.Lock;

/// <summary>Random locks, hostile texts among them.</summary>
internal static class Locks
{
    private static readonly string[] Texts =
    [
        "/api/my-api", "/api/[id]", "/x/{id:regex(^\\d+$)}", "\"", "\\", "#endif", "\n#endif\n", "\u2028#endif", "\u0085", "*/",
        "%2A;$(x)@(y)", "ünï", "\ud800", "", "null", "\t\u0000",
    ];

    private static readonly Gen<string> Text = Gen.Elements(Texts);

    private static readonly Gen<EquatableArray<string>> List =
        Text.ArrayOf().Resize(3).Select(static values => values.Distinct().ToEquatableArray());

    private static readonly Gen<EquatableArray<LockedCall>?> Calls =
        from operations in List
        from permissions in List
        select (EquatableArray<LockedCall>?)operations.Select(operation => new LockedCall(operation, permissions)).ToEquatableArray();

    private static readonly Gen<LockedEndpoint> Endpoint =
        from method in Gen.Elements("GET", "POST", "ALL", "PROPFIND")
        from route in Text
        from callers in Gen.SubListOf("Visitor", "Member", "User", "App")
        from limit in Gen.Elements(null, "30/1m", "1/1s", "?")
        from policies in List
        from authorize in List
        from checks in List
        from only in Gen.OneOf(Gen.Constant<EquatableArray<string>?>(null), List.Select(static list => (EquatableArray<string>?)list))
        from settings in List
        from calls in Calls
        from unseen in List
        select new LockedEndpoint(method, route)
        {
            Callers = callers.ToEquatableArray(), Limit = limit, Policies = policies, Authorize = authorize, Checks = checks, Only = only,
            Settings = settings, Calls = calls, Unseen = unseen,
        };

    private static readonly Gen<LockedEndpoint> Entry =
        from endpoint in Endpoint
        from form in Gen.Elements(0, 1, 2, 3)
        from text in Text
        select form switch
        {
            1 => endpoint with { Access = new[] { "anyone" }.ToEquatableArray(), Callers = default, Calls = null, Unseen = default },
            2 => endpoint with { Method = LockedEndpoint.Elevates, Code = text, Calls = null, Unseen = default },
            3 => endpoint with { Method = LockedEndpoint.Unguards, Code = text, Calls = null, Unseen = default },
            _ => endpoint,
        };

    public static Arbitrary<LockedEndpoint[]> Arbitrary { get; } = Entry.ArrayOf().Resize(8).ToArbitrary();
}
