using Endpoints.Shared.Lock;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation.Locking;

/// <summary>Compares the requirements of <c>[Authorize]</c> in the lock with an endpoint's metadata.</summary>
internal static class AuthorizeDemands
{
    /// <summary>Returns the requirements of an entry that do not apply to an endpoint.</summary>
    public static IReadOnlyList<string> Lost(LockedEndpoint entry, EndpointMetadataCollection metadata)
    {
        if (entry.Authorize.Count == 0)
            return [];
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
            return [.. entry.Authorize];
        var plain = metadata.GetOrderedMetadata<IAuthorizeData>().Select(Text).ToHashSet(StringComparer.Ordinal);
        // What an attribute of the application's own demands is for its arguments to say, which nothing shows any more: that it is there
        // must do.
        var own = metadata.Where(static item => item is IAuthorizeData or IAuthorizationRequirementData)
            .Select(static item => item.GetType().FullName?.Replace('+', '.') + "(").ToHashSet(StringComparer.Ordinal);
        // The same goes for a policy that is made in code.
        if (metadata.GetOrderedMetadata<AuthorizationPolicy>().Any(static policy => policy != ElevateDecides.Policy))
            own.Add("RequireAuthorization(");
        return
        [
            .. entry.Authorize.Where(
                demand => !plain.Contains(demand) && !own.Contains(demand[..(demand.IndexOf('(', StringComparison.Ordinal) + 1)])
                // what only the application knows is right as it is
                && !(plain.Count > 0 && demand.Contains(LockedEndpoint.Unknown, StringComparison.Ordinal))),
        ];
    }

    // As the generator writes it from the attribute.
    private static string Text(IAuthorizeData data)
    {
        string[] parts =
            [.. new[] { (nameof(data.AuthenticationSchemes), data.AuthenticationSchemes), (nameof(data.Policy), data.Policy),
                (nameof(data.Roles), data.Roles) }
            .Where(static part => part.Item2 is not null).Select(static part => $"{part.Item1}={part.Item2}")];
        return parts.Length == 0 ? "signed in" : string.Join("; ", parts);
    }
}
