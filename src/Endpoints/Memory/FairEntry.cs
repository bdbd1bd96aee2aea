namespace Endpoints.Memory;

/// <summary>What a <see cref="FairTable{TKey, TEntry}"/> keeps for a key.</summary>
internal abstract class FairEntry
{
    /// <summary>How much would be forgotten with it: of two, the lighter goes first.</summary>
    public abstract int Weight { get; }

    /// <summary>Whether it says nothing any more.</summary>
    public abstract bool IsOver(long now);
}
