using Endpoints.Shared.Naming;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Generator.Tests.Naming;

public class CollationTests
{
    [Fact]
    public void Punctuation_comes_before_digits_and_digits_before_letters()
    {
        const string order = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789aAbBcC";
        var shuffled = order.Select(c => c.ToString()).OrderDescending(StringComparer.Ordinal);

        Assert.Equal(order, string.Concat(shuffled.Order(Comparer<string>.Create(Collation.Compare))));
    }

    [Theory]
    [InlineData("a", "A")]
    [InlineData("A", "b")]
    [InlineData("Ab", "aC")] // case decides last
    [InlineData("ab", "aB")]
    [InlineData("aB", "Ab")] // and from the left
    [InlineData("e", "é")]
    [InlineData("é", "É")]
    [InlineData("É", "f")]
    [InlineData("éa", "eb")] // marks decide after letters
    [InlineData("ea", "éa")]
    [InlineData("z", "α")]
    [InlineData("a", "ab")]
    [InlineData("", "a")]
    [InlineData("я", "テ")]
    [InlineData("\U0001F600", "0")] // symbols come before digits
    [InlineData("~", "\U0001F600")]
    [InlineData("\U0001F600", "$")] // and before currency
    [InlineData("$", "€")]
    [InlineData("€", "0")]
    [InlineData("?", "¿")] // punctuation stands beside its like
    [InlineData("¿", ".")]
    [InlineData("-", "–")]
    [InlineData("–", ",")]
    [InlineData("·", "[")]
    [InlineData("»", "[")]
    [InlineData("、", "[")]
    [InlineData("[", "「")]
    [InlineData("[", "§")]
    [InlineData("%", "‰")]
    [InlineData("3", "٣")] // a three
    [InlineData("٣", "4")]
    [InlineData("б", "Б")]
    [InlineData("Б", "бa")]
    [InlineData("ae", "æ")]
    [InlineData("æ", "af")]
    [InlineData("ß", "st")]
    [InlineData("o", "ø")]
    [InlineData("ø", "oa")]
    [InlineData("ø", "Ø")]
    [InlineData("Ø", "p")]
    [InlineData("ł", "m")]
    public void The_first_comes_before_the_second(string first, string second)
    {
        Assert.True(Collation.Compare(first, second) < 0);
        Assert.True(Collation.Compare(second, first) > 0);
    }

    [Fact]
    public void The_order_is_total() =>
        Prop.ForAll(
            Gen.Elements('a', 'A', 'b', '-', '[', '1', 'é', 'É', '\u0301', '\u0300', 'α', 'Б', 'б', 'ø', 'Æ', '٣', '€', '\ud83d', '\ude00')
                .ArrayOf().Resize(4).Select(c => new string(c)).ArrayOf(3).ToArbitrary(), t =>
        {
            int Order(int a, int b) => Math.Sign(Collation.Compare(t[a], t[b]));
            return Order(0, 1) == -Order(1, 0) && (Order(0, 1) == 0) == (t[0] == t[1])
                && (Order(0, 1) > 0 || Order(1, 2) > 0 || Order(0, 2) <= 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
}
