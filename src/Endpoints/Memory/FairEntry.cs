namespace Endpoints.Memory;

/// <summary>Represents the entry that a <see cref="FairTable{TKey, TEntry}"/> keeps for a key.</summary>
internal abstract class FairEntry
{
    /// <summary>Gets the amount that would be forgotten with the entry. The lighter of two entries is evicted first.</summary>
    public abstract int Weight { get; }

    /// <summary>Determines whether the entry has expired.</summary>
    public abstract bool IsOver(long now);
}
