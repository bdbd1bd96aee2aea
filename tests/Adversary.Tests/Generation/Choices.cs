namespace Adversary.Tests.Generation;

/// <summary>Every choice of a run, from one seed.</summary>
internal sealed class Choices(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public int Number(int from, int to) => _random.Next(from, to + 1);

    public T Pick<T>(params IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>Letters and digits.</summary>
    public string Word(int length) => new(_random.GetItems<char>("abcdefghijklmnopqrstuvwxyz0123456789", length));

    /// <summary>Any bytes, as Latin-1.</summary>
    public string Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return System.Text.Encoding.Latin1.GetString(bytes);
    }
}
