using Endpoints.Shared.Naming;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Generator.Tests.Naming;

public class NormalFormTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    [InlineData("a\u0323\u0302", "\u1ead")] // two marks, one letter
    [InlineData("a\u0302\u0323", "\u1ead")] // in either order
    [InlineData("\u1100\u1161\u11a8", "\uac01")] // Hangul
    [InlineData("\uac00\u11a8", "\uac01")]
    [InlineData("\u1100\u1161\u1161", "\uac00\u1161")]
    [InlineData("\u30c6\u3099", "\u30c7")] // Katakana
    [InlineData("\u212b", "\u00c5")] // one character stands for another
    [InlineData("\uf900", "\u8c48")]
    [InlineData("\u0958", "\u0915\u093c")] // never composed
    [InlineData("\u0301a", "\u0301a")] // nothing to attach to
    [InlineData("a\u0300\u0301", "\u00e0\u0301")] // the second mark is blocked
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")]
    [InlineData("\ud804\udc99\ud804\udcba", "\ud804\udc9a")]
    [InlineData("\ud800x", "\ud800x")] // half a pair
    public void Text_is_composed(string text, string composed) => Assert.Equal(composed, NormalForm.Compose(text));

    [Fact]
    public void Composing_twice_is_composing_once() =>
        Prop.ForAll(Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().Select(c => new string(c)).ToArbitrary(), text =>
        {
            var once = NormalForm.Compose(text);
            return NormalForm.Compose(once) == once;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
