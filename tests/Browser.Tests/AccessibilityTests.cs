using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

/// <summary>The pages for people who use a keyboard, a screen reader, a narrow screen or dark colours.</summary>
public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string, int, ColorScheme> Views
    {
        get
        {
            var data = new TheoryData<string, int, ColorScheme>();
            foreach (var page in (string[])["public", "login", "dashboard"])
            {
                data.Add(page, 1100, ColorScheme.Light);
                data.Add(page, 1100, ColorScheme.Dark);
                data.Add(page, 320, ColorScheme.Light);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_axe_engine_finds_no_fault_and_nothing_is_wider_than_the_screen(string name, int width, ColorScheme colors)
    {
        var page = await OpenAsync(name, width, colors);

        var found = await page.RunAxe();
        var scrolls = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        await Chromium.KeepAsync(page, $"{name}-{width}-{colors}".ToLowerInvariant());

        Assert.Equal(
            [], found.Violations.Select(
                static violation =>
                    $"{violation.Id}: {violation.Help} ({string.Join("; ", violation.Nodes.Select(static node => node.Html))})"));
        Assert.False(scrolls);
    }

    [Fact]
    public async Task A_keyboard_skips_to_the_content_and_reaches_every_control_with_its_focus_visible()
    {
        var page = await chromium.OpenAsync(chromium.Site.Address);
        await Expect(page.Locator("#products a")).Not.ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#elevated-button")).ToBeFocusedAsync(); // past the header

        var reached = 1;
        var controls = page.Locator("main a, main button, main input");
        for (var count = await controls.CountAsync(); reached < count; reached++)
        {
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null"));
        }

        await Expect(controls.Last).ToBeFocusedAsync();
    }

    private async Task<IPage> OpenAsync(string name, int width, ColorScheme colors)
    {
        var page = await chromium.OpenAsync(name == "dashboard" ? chromium.Site.Dashboard : chromium.Site.Address, width, colors);
        switch (name)
        {
            case "dashboard":
                await Expect(page.GetByText("200 OK")).ToHaveCountAsync(4);
                break;
            case "login":
                await page.GetByRole(AriaRole.Link, new() { Name = "Log in" }).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Log in");
                break;
            default:
                await page.Locator("#products a").First.ClickAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Call without elevation" }).ClickAsync();
                await Expect(page.Locator("#product h3")).ToBeVisibleAsync();
                await Expect(page.Locator("#plain")).ToContainTextAsync("403");
                await Expect(page.Locator("#files")).ToContainTextAsync("guides/welcome.txt");
                break;
        }

        return page;
    }
}
