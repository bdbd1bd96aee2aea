namespace Endpoints.Wix.Emulator.Tests.OAuth;

public sealed class RotationTests : EmulatorTest
{
    private protected override void Configure(WixEmulatorOptions options) => options.RotateRefreshTokens = true;

    [Fact]
    public async Task A_refresh_token_is_good_for_one_use_and_brings_the_next()
    {
        var first = await AnonymousAsync();
        var second = await RefreshAsync(first.Text("refresh_token"));
        var replay = await RefreshAsync(first.Text("refresh_token"));
        var third = await RefreshAsync(second.Text("refresh_token"));

        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.Equal("invalid_grant", replay.Text("error"));
        Assert.True(third.TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task Of_many_uses_at_once_one_succeeds()
    {
        var first = await AnonymousAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefreshAsync(first.Text("refresh_token"))));

        Assert.Single(answers, a => a.TryGetProperty("access_token", out _));
    }

    private Task<System.Text.Json.JsonElement> RefreshAsync(string token) =>
        TokenAsync(new { clientId = Wix.App.ClientId, grantType = "refresh_token", refreshToken = token });
}
