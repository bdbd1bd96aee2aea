using System.Net;

namespace Endpoints.Wix.Emulator.Tests.Members;

public sealed class MemberTests : EmulatorTest
{
    private const string Root = "/members/v1/members";

    [Fact]
    public async Task A_visitor_sees_what_is_public_and_no_address()
    {
        var answer = await Client.CallAsync($"POST {Root}/query", Wix.IssueToken(EmulatedIdentity.Visitor()), new { }).JsonAsync();

        Assert.Equal(2, answer.GetProperty("members").GetArrayLength());
        Assert.Equal(2, answer.GetProperty("metadata").GetProperty("total").GetInt32());
        Assert.DoesNotContain("@", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_can_not_find_out_addresses_by_filtering()
    {
        var answer = await Client.CallAsync(
            $"POST {Root}/query", Wix.IssueToken(EmulatedIdentity.Visitor()),
            """{"query":{"filter":{"loginEmail":{"$startsWith":"ada"}}}}""").JsonAsync();

        Assert.Equal(0, answer.GetProperty("members").GetArrayLength());
    }

    [Fact]
    public async Task The_app_reads_members_in_full_and_a_member_does_not()
    {
        var forApp = await Client.CallAsync($"POST {Root}/query", AppToken(), """{"fieldsets":["FULL"]}""").JsonAsync();
        using var forMember = await Client.CallAsync($"POST {Root}/query", Member(0), """{"fieldsets":["FULL"]}""");

        Assert.Equal("ada@members.example", forApp.GetProperty("members")[0].Text("loginEmail"));
        Assert.Equal(HttpStatusCode.Forbidden, forMember.StatusCode);
    }

    [Fact]
    public async Task A_member_reads_their_own_data_in_full_and_nobody_elses()
    {
        var my = await Client.CallAsync($"GET {Root}/my", Member(0)).JsonAsync();
        using var other = await Client.CallAsync($"GET {Root}/{Wix.Site.Members[1].Id}?fieldsets=FULL", Member(0));
        using var visitor = await Client.CallAsync($"GET {Root}/my", Wix.IssueToken(EmulatedIdentity.Visitor()));

        Assert.Equal("ada@members.example", my.Text("member", "loginEmail"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, visitor.StatusCode);
    }

    [Fact]
    public async Task The_app_creates_and_deletes_members()
    {
        var id = (await Client.CallAsync($"POST {Root}", AppToken(), new { member = new { loginEmail = "new@members.example" } })
            .JsonAsync()).Text("member", "id");
        using var again = await Client.CallAsync($"POST {Root}", AppToken(), new { member = new { loginEmail = "NEW@members.example" } });
        using var deleted = await Client.CallAsync($"DELETE {Root}/{id}", AppToken());
        using var gone = await Client.CallAsync($"GET {Root}/{id}", AppToken());

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_member_changes_their_own_profile_only()
    {
        var change = new { member = new { profile = new { nickname = "Countess" } } };

        using var own = await Client.CallAsync($"PATCH {Root}/{Wix.Site.Members[0].Id}", Member(0), change);
        using var other = await Client.CallAsync($"PATCH {Root}/{Wix.Site.Members[1].Id}", Member(0), change);

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(["Countess", "Grace"], Wix.Site.Members.Select(m => m.Nickname));
    }

    [Fact]
    public void An_address_is_added_once()
    {
        Assert.Throws<ArgumentException>(() => Wix.Site.AddMember("ada@members.example"));
        Assert.Throws<ArgumentException>(() => Wix.Site.AddMember("no address"));
    }

    private string Member(int index) => Wix.IssueToken(EmulatedIdentity.Member(Wix.Site.Members[index].Id));
}
