using System.Security.Cryptography;
using System.Text;
using Endpoints.RateLimiting;

namespace Endpoints;

/// <summary>Represents the key of a counter: the limit and the requests that it counts together.</summary>
/// <remarks>Created without allocating, unless a rule counts by more than three things or by a text of more than 128 characters.</remarks>
public readonly struct RateLimitKey : IEquatable<RateLimitKey>
{
    private const int LongestText = 128;

    private readonly ClientAddress _address;
    private readonly string? _first;
    private readonly string? _second;
    private readonly string? _third;

    internal RateLimitKey(RateLimitScope scope, ClientAddress address, string? first, string? second, string? third)
    {
        Scope = scope;
        _address = address;
        _first = first;
        _second = second;
        _third = third;
    }

    /// <summary>Gets the name of the rule, or its text.</summary>
    public string Rule => Scope?.Name ?? ""; // of the default value

    internal RateLimitScope Scope { get; }

    internal ClientAddress Address => _address;

    /// <summary>Gets a value that indicates whether a client can create as many of these keys as it has addresses.</summary>
    internal bool IsOfAddress => !_address.Equals(default) || _first is null;

    /// <summary>Gets a value that many keys of one client have in common.</summary>
    internal ulong Neighbourhood => (_address.Neighbourhood & 0xFF00_0000_FFFF_FFFF) | ((ulong)(uint)Scope.Number << 32);

    /// <summary>Determines whether two keys are equal.</summary>
    public static bool operator ==(RateLimitKey left, RateLimitKey right) => left.Equals(right);

    /// <summary>Determines whether two keys are different.</summary>
    public static bool operator !=(RateLimitKey left, RateLimitKey right) => !left.Equals(right);

    /// <summary>Creates the key of a request.</summary>
    /// <param name="scope">The limit.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="caller">The caller, if the limit requires one.</param>
    /// <param name="text">The result of the rule's own function.</param>
    internal static RateLimitKey Of(RateLimitScope scope, ClientAddress address, in RateLimitCaller caller, string? text)
    {
        var by = scope.Rule.By;
        var parts = default(Parts);
        if (scope.Rule.NeedsCaller)
        {
            var isKnown = false;
            if ((by & RateLimitBy.Caller) != 0)
            {
                isKnown = caller.Id is not null;
                parts.Add(isKnown ? caller.Kind : null);
                parts.Add(isKnown ? caller.Tenant : null);
                parts.Add(caller.Id);
            }

            if ((by & RateLimitBy.Member) != 0)
                parts.Add(caller.Member, ref isKnown);
            if ((by & RateLimitBy.Instance) != 0)
                parts.Add(caller.Instance, ref isKnown);
            if ((by & RateLimitBy.Site) != 0)
                parts.Add(caller.Site, ref isKnown);
            if ((by & RateLimitBy.Tenant) != 0)
                parts.Add(caller.Tenant, ref isKnown);
            if ((by & RateLimitBy.Client) != 0)
                parts.Add(caller.Client, ref isKnown);

            // Who is nobody in particular is an address.
            if (!isKnown)
            {
                parts = default;
                by |= RateLimitBy.Address;
            }
        }

        if (scope.Rule.Key is not null)
            parts.Add(text is { Length: > LongestText } ? Digest(text) : text ?? "");
        return new(scope, (by & RateLimitBy.Address) != 0 ? address : default, parts.First, parts.Second, parts.Third);
    }

    /// <summary>Returns the key of a larger network around the one of this key.</summary>
    internal RateLimitKey Within(int bits) => new(Scope, _address.Within(bits), _first, _second, _third);

    /// <summary>Determines whether this key and another key are equal.</summary>
    /// <param name="other">The other key.</param>
    public bool Equals(RateLimitKey other) =>
        ReferenceEquals(Scope, other.Scope) && _address.Equals(other._address) && _first == other._first && _second == other._second
            && _third == other._third;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RateLimitKey other && Equals(other);

    /// <summary>Returns a hash code that differs between processes, so that nobody can choose keys whose hashes collide.</summary>
    public override int GetHashCode() => _first is null
        ? _address.GetHashCode(Scope.Number)
        : HashCode.Combine(_address.GetHashCode(Scope.Number), _first, _second, _third);

    /// <summary>
    /// Returns the key's name in a shared store, which is the same on all nodes. Callers' ids and texts are hashed, so that it contains no
    /// secret.
    /// </summary>
    public override string ToString()
    {
        var name = new StringBuilder(Scope.Name).Append('|').Append(Scope.Place).Append('|');
        if (!_address.Equals(default) || _first is null)
            name.Append(_address);
        if (_first is not null || _second is not null || _third is not null)
            name.Append('|').Append(Digest($"{_first?.Length}:{_first}{_second?.Length}:{_second}{_third}"));
        return name.ToString();
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private struct Parts
    {
        private int _count;

        public string? First { get; private set; }

        public string? Second { get; private set; }

        public string? Third { get; private set; }

        public void Add(string? part, ref bool isKnown)
        {
            isKnown |= part is not null;
            Add(part);
        }

        // The first is never null where there is any: without one, the key is an address's.
        public void Add(string? part)
        {
            switch (_count++)
            {
                case 0:
                    First = part ?? "";
                    break;
                case 1:
                    Second = part;
                    break;
                case 2:
                    Third = part;
                    break;
                default:
                    Third = $"{Third?.Length}:{Third}{part?.Length}:{part}";
                    break;
            }
        }
    }
}
