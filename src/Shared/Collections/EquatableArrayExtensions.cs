using System.Collections.Immutable;

namespace Endpoints.Shared.Collections;

/// <summary>Creates lists that can be compared.</summary>
internal static class EquatableArrayExtensions
{
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => new(items.ToImmutableArray());
}
