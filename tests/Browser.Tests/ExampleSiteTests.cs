using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

/// <summary>The example site's pages as people see them.</summary>
public sealed class ExampleSiteTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task The_public_page_shows_what_the_elevated_endpoint_gives()
    {
        var page = await chromium.OpenAsync(chromium.Site.Address);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Harbour Coffee Ltd.");
        await Expect(page.Locator("#elevated")).ToContainTextAsync("200 OK");
        await Expect(page.Locator("#caller")).ToHaveTextAsync("You call as Visitor");
        await Expect(page.Locator("#products li")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#files")).ToContainTextAsync("guides/welcome.txt");
        await Chromium.KeepAsync(page, "public-page");
    }

    [Fact]
    public async Task The_button_without_elevation_shows_the_403_and_why()
    {
        var page = await chromium.OpenAsync(chromium.Site.Address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Call without elevation" }).ClickAsync();

        await Expect(page.Locator("#plain")).ToContainTextAsync("403 Wix does not allow this caller to make the call.");
        await Expect(page.Locator("#plain")).ToContainTextAsync("An endpoint with [Elevate] can make it as the app.");
        await Expect(page.Locator("#plain")).ToContainTextAsync("PERMISSION_DENIED");
        await Chromium.KeepAsync(page, "without-elevation");
    }

    [Fact]
    public async Task A_product_and_a_file_are_shown_on_the_page_that_asks_for_them()
    {
        var page = await chromium.OpenAsync(chromium.Site.Address);

        await page.GetByRole(AriaRole.Link, new() { Name = "Enamel Mug" }).ClickAsync();
        await Expect(page.Locator("#product")).ToContainTextAsync("€9.00");
        await page.GetByLabel("Path below").FillAsync("none.txt");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the file" }).ClickAsync();

        await Expect(page.Locator("#files")).ToContainTextAsync("404");
        await Expect(page).ToHaveURLAsync(chromium.Site.Address.AbsoluteUri);
    }

    [Fact]
    public async Task A_member_logs_in_on_Wixs_page_comes_back_as_a_member_and_logs_out()
    {
        var page = await chromium.OpenAsync(chromium.Site.Address);

        await page.GetByRole(AriaRole.Link, new() { Name = "Log in" }).ClickAsync();
        Assert.NotEqual(chromium.Site.Address.Authority, new Uri(page.Url).Authority);
        await Chromium.KeepAsync(page, "login");
        await page.Locator("button[name=member]").First.ClickAsync();

        await Expect(page).ToHaveURLAsync(chromium.Site.Address.AbsoluteUri);
        await Expect(page.Locator("#caller")).ToHaveTextAsync("You call as Member");
        await Expect(page.Locator("#elevated")).ToContainTextAsync("200 OK");
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie")); // no script can read the session
        await Chromium.KeepAsync(page, "member");

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(chromium.Site.Address.AbsoluteUri);
        await Expect(page.Locator("#caller")).ToHaveTextAsync("You call as Visitor");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Log in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_dashboard_calls_from_another_origin_and_shows_who_the_endpoint_says_is_calling()
    {
        Assert.NotEqual(chromium.Site.Address.Authority, chromium.Site.Dashboard.Authority);
        var page = await chromium.OpenAsync(chromium.Site.Dashboard);

        var user = await page.Locator("dd").First.InnerTextAsync();
        await Expect(page.GetByText($"The endpoint says who is calling: User {user}")).ToBeVisibleAsync();
        await Chromium.KeepAsync(page, "dashboard");
    }

    [Fact]
    public async Task An_administrator_works_from_the_dashboard()
    {
        var page = await chromium.OpenAsync(chromium.Site.Dashboard);

        foreach (var name in (string[])["Approve a member", "Add a product", "Change the inventory", "Fulfill an order", "Refund an order",
            "Confirm a booking", "Reschedule a booking"])
        {
            var section = page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }) });
            await section.GetByRole(AriaRole.Button).ClickAsync();
            await Expect(section.GetByRole(AriaRole.Status)).ToContainTextAsync("200 OK");
        }

        var cancel = page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Cancel a booking" }) });
        await cancel.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(cancel.GetByRole(AriaRole.Status)).ToContainTextAsync("409"); // the booking was rescheduled since
        var body = cancel.GetByLabel("Body");
        await body.FillAsync((await body.InputValueAsync()).Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        await cancel.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(cancel).ToContainTextAsync("CANCELED");
        await Chromium.KeepAsync(page, "admin");
    }

    [Fact]
    public async Task The_page_runs_the_jobs_and_shows_what_they_did()
    {
        var page = await chromium.OpenAsync(chromium.Site.Address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Run the jobs" }).ClickAsync();

        await Expect(page.Locator("#jobs")).ToContainTextAsync("The app works for Harbour Coffee.");
        await Expect(page.Locator("#jobs")).ToContainTextAsync("There are 2 orders");
        await Chromium.KeepAsync(page, "jobs");
    }

    [Fact]
    public async Task Every_page_has_one_main_heading_a_language_and_names_for_its_controls()
    {
        foreach (var address in (Uri[])[chromium.Site.Address, chromium.Site.Dashboard])
        {
            var page = await chromium.OpenAsync(address);

            await Expect(page.Locator("h1")).ToHaveCountAsync(1);
            await Expect(page.Locator("main")).ToHaveCountAsync(1);
            Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
            foreach (var button in await page.Locator("button").AllAsync())
                Assert.NotEqual("", (await button.InnerTextAsync()).Trim());
        }
    }
}
