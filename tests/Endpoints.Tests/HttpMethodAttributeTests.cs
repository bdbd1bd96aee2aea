namespace Endpoints.Tests;

public class HttpMethodAttributeTests
{
    [Theory]
    [InlineData("PROPFIND", "PROPFIND")]
    [InlineData("m-search", "M-SEARCH")]
    [InlineData("X!#$%&'*+-.^_`|~9", "X!#$%&'*+-.^_`|~9")]
    public void A_token_is_an_HTTP_method_in_upper_case(string text, string method) =>
        Assert.Equal(method, new HttpMethodAttribute(text).Method);

    [Theory]
    [InlineData("")]
    [InlineData("A B")]
    [InlineData("A\r\nHost:")]
    [InlineData("A/B")]
    [InlineData("É")]
    [InlineData("(A)")]
    public void Anything_else_is_refused(string text) => Assert.Throws<ArgumentException>(() => new HttpMethodAttribute(text));

    [Fact]
    public void Null_is_refused() => Assert.Throws<ArgumentNullException>(() => new HttpMethodAttribute(null!));
}
