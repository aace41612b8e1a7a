"""Words that ask for a construction: comparison, share, growth, rank, mean, negation, parts of a date."""

from __future__ import annotations

from app.answers.vocabulary.text import words

# kind -> what it stands for -> phrases; each phrase is looked up by its lemmas, the longest first
CONSTRUCTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "ratio": {
        "": words("divided by | over each single"),
    },
    "vs": {
        "": words("""
            vs | versus | against | compared to | compared with | in comparison to | in comparison with |
            as opposed to | relative to | than in | than for | than during | than the | and compare to |
            over against | as compared to | with respect to | compare to | compare with | than
        """),
    },
    "compare": {
        "": words("""
            compare | comparison | comparison of | comparison between | compare between | contrast | difference |
            difference in | difference between | differ | the difference between | gap between | how do |
            side by side | do better | compares | compared
        """),
    },
    "rest": {
        "": words(
            "the rest of | rest of | the rest | rest | all the rest | everything else | the remainder of | the remainder"
        ),
    },
    "neg": {
        "": words("""
            not | without | excluding | except | except for | excl | exclude | other than | apart from | but not |
            non | not in | not from | besides | outside | outside of | minus | leaving out | aside from |
            not including | everything but | all but | ignoring | ignore | no | that is not | rather than |
            not counting | with the exception of | do not count | anything but | not to | bar | omitting |
            leave out
        """),
    },
    "never": {
        "": words("never | not ever | never been | not once | at no time | never ever | never once"),
    },
    "average": {
        "average": words("""
            average | mean | avg | on average | averaged | typical | typically | in average | average number of |
            average amount of | mean number of
        """),
        "median": words("median | middle value of | median of | median value of"),
        "maximum": words("""
            maximum | max | maximal | greatest single | largest single | highest single | single largest |
            single biggest | single highest
        """),
        "minimum": words("minimum | min | minimal | smallest single | lowest single"),
        **{
            f"percentile_{n}": words(
                f"{n}th percentile | {n}th percentile of | p{n} | p{n} of | {n} percentile | {n} percentile of | {n} th percentile of"
            )
            for n in range(4, 100)
            if n % 10 not in (1, 2, 3)
        },
        "percentile_25": words(
            "25th percentile | 25th percentile of | first quartile of | lower quartile of | first quartile | lower quartile | p25"
        ),
        "percentile_75": words(
            "75th percentile | 75th percentile of | third quartile of | upper quartile of | third quartile | upper quartile | p75"
        ),
        "deviation": words("""
            standard deviation | standard deviation of | spread | spread of | stddev | variation of |
            variability of | std dev | std | deviation | dispersion | volatility
        """),
    },
    "rank": {
        "desc": words("""
            top | best | highest | most | largest | biggest | greatest | maximum | leading | strongest | max |
            peak | the most | best performing | top performing | highest ranking | number one | longest |
            ranked highest | top ranked | heaviest | deepest | steepest | best ranked | better | higher | bigger | larger | greater | more
        """),
        "asc": words("""
            bottom | worst | lowest | least | smallest | fewest | minimum | weakest | poorest | worst performing |
            lowest performing | min | lowest ranking | the least | the fewest | shortest | fewer | worse | lower |
            smaller | less
        """),
    },
    "sort": {
        "desc": words("""
            rank | ranked | sort | sorted | ordered by | sort by | sorted by | ranked by | rank by | ranking |
            ranking of | ranking by | descending | in descending order | from highest to lowest | highest first |
            largest first | from most to least | from high to low | from best to worst | from largest to smallest
        """),
        "asc": words("""
            ascending | in ascending order | from lowest to highest | lowest first | smallest first |
            from smallest to largest | from low to high | from worst to best
        """),
    },
    "op": {
        ">": words("""
            more than | over | above | greater than | higher than | exceeding | exceed | exceeds | exceeded |
            larger than | bigger than | in excess of | upwards of | better than | > | longer than | beyond |
            of more than | of over | north of | surpass | surpassed | surpassing | bigger as | strictly more than | beat | beats | beating | outperform | outperforms | outperformed | ahead of
        """),
        "<": words("""
            less than | under | below | fewer than | lower than | smaller than | < | shorter than | beneath |
            of less than | of under | worse than | trail | trails | trailed | fell short of | lag behind | lagged behind | lags behind | south of | short of
        """),
        ">=": words("""
            at least | no less than | not less than | minimum of | a minimum of | >= | ≥ | no fewer than |
            not fewer than | or above
        """),
        "<=": words("""
            at most | no more than | not more than | up to | maximum of | a maximum of | <= | ≤ | not over |
            not above | not exceeding
        """),
        "=": words("exactly | equal to | equals | precisely | = | just"),
        "between": words("between | in the range | ranging from"),
    },
    "after_number": {
        ">=": words("""
            or more | or higher | or above | and more | and above | or greater | or over | and over | + | plus |
            or longer | or better | upwards
        """),
        "<=": words("or less | or fewer | or lower | or below | and below | or under"),
    },
    "share": {
        "": words("""
            share | percentage | percent | proportion | fraction | part | contribution | contributes | contribute |
            contributed | share of | percentage of | percent of | proportion of | fraction of | % |
            what percentage of | what percent of | what share of | what proportion of | what fraction of |
            what part of | how much of | contribution of | as a percentage of | as a share of | as percentage of |
            as a percent of | relative share | portion | portion of | percentage share | percentage contribution |
            percentage wise | market share | share in | in percent | weight of | mix | split of
        """),
    },
    "of_total": {
        "": words("""
            of total | of the total | of overall | in total | of all | in the total | of our total |
            of the overall | in overall | to total | to the total | in percent of total | as a share of total |
            of the whole | of our overall | to overall | to our total
        """),
    },
    "growth": {
        "growth": words("""
            go up or down | up or down | increase or decrease | grow or shrink | rise or fall | growth | grow |
            grew | grown | change | changed | changes in | growth rate | increase | increased | rise | risen |
            rose | development | growth in | growth of | change in | increase in | percentage change |
            percent change | rate of growth | growing | rising | increasing | change of | percentage growth |
            relative change | go up | went up | gone up | improve | improved | improvement | gain in | evolution |
            evolve | evolved | expanded | expansion | jump | jumped
        """),
        "decline": words("""
            decline | declined | decrease | decreased | drop | dropped | fall | fell | fallen | shrink | shrank |
            declining | decreasing | shrinking | falling | dropping | go down | went down | gone down | decline in |
            decrease in | drop in | loss in | worsen | worsened | deteriorate | reduction in
        """),
    },
    "yoy": {
        "year_ago": words("""
            year over year | year on year | yoy | y/y | compared to the year before | compared to last year |
            compared with last year | compared to the previous year | compared with the previous year |
            compared to the prior year | vs last year | versus last year | vs the year before | vs previous year |
            vs prior year | versus the previous year | versus the year before | versus the prior year |
            than the year before | than a year earlier | than a year ago | from the year before |
            over the previous year | over the prior year | over last year | from last year |
            from the previous year | compared to a year ago | compared to a year earlier |
            compared to same period last year | compared to the same period last year |
            compared with the same period last year | vs same period last year | versus same period last year |
            versus the same period last year | vs the same period last year | against the same period last year |
            against the year before | against the previous year | against last year | against previous year |
            than in the year before | than in the previous year | on the year before | with the year before |
            with the previous year | with last year | to the year before | to the previous year |
            compared to same quarter last year | vs same quarter last year |
            compared to the same quarter last year | versus the same quarter last year |
            vs the same quarter last year | compared to the same month last year |
            compared to same month last year | vs same month last year | vs the same month last year |
            versus the same month last year | against the same month last year |
            against the same quarter last year | with the same period last year | to the same period last year
        """),
        "previous": words("""
            month over month | month on month | mom | quarter over quarter | quarter on quarter | qoq |
            week over week | wow | period over period | compared to the previous month |
            compared to the month before | compared with the previous month | compared to the previous quarter |
            compared to the quarter before | compared with the previous quarter | vs the previous month |
            vs previous month | vs the month before | vs the quarter before | versus the previous month |
            versus the month before | versus the previous quarter | vs the previous quarter | vs previous quarter |
            compared to the previous period | vs previous period | vs the previous period |
            versus the previous period | compared to the period before | from the previous month |
            from the month before | from the previous quarter | than the month before | than the quarter before |
            from month to month | from quarter to quarter | from year to year | from period to period |
            against the previous month | against the month before | against the previous quarter |
            against the quarter before | with the previous month | with the previous quarter |
            with the month before | with the quarter before | over the previous month | over the previous quarter |
            with the previous period | with the period before | compared with the month before |
            compared with the quarter before | compared to the week before | vs the week before |
            compared to the previous week | compared to the day before | compared to the previous day
        """),
    },
    "running": {
        "": words("""
            cumulative | running total | running total of | cumulated | accumulated | running sum | running sum of |
            cumulatively | running | rolling total | added up over | adding up | build up | cumulative total of |
            cumulative sum of
        """),
    },
    "trend": {
        "": words("""
            trend | over time | development over time | develop | developed | trend of | time series | timeline |
            evolution over time | trends | trending | trend in | history of | progression | over the months |
            develop over time | evolve over time | evolved over time | changed over time | change over time |
            how has | trajectory | across time | through time | over the course of
        """),
    },
    "grain": {
        "day": words("day | daily | by day | day by day | date | calendar day | a day | order day"),
        "week": words("week | weekly | week by week | calendar week | a week"),
        "month": words("""
            month | monthly | month by month | calendar month by month | a month | months | each month's
        """),
        "quarter": words("quarter | quarterly | quarter by quarter | a quarter"),
        "year": words("""
            year | yearly | annual | annually | year by year | per annum | a year | every year | calendar year
        """),
    },
    "part": {
        "weekday": words("""
            weekday | day of the week | day of week | days of the week | week day | weekdays of orders |
            weekly day | day of a week
        """),
        "month_of_year": words("""
            month of the year | month of year | calendar month | months of the year | season | seasonality |
            seasonal pattern
        """),
        "quarter_of_year": words("quarter of the year | quarter of year | calendar quarter"),
        "day_type": words("""
            weekend versus weekday | weekends versus weekdays | weekends vs weekdays | weekend vs weekday |
            weekdays vs weekends | weekdays versus weekends | weekday versus weekend |
            weekends compared to weekdays | weekends and weekdays | weekdays and weekends | weekday and weekend |
            weekend and weekday | weekends or weekdays | weekend or weekday | weekdays or weekends |
            weekday or weekend | weekend or during the week | weekday vs weekend | weekends against weekdays |
            type of day | weekdays compared to weekends
        """),
        "day_of_month": words("day of the month | day of month"),
    },
    "recurring": {
        "weekend": words("""
            weekend | on weekends | on the weekend | at weekends | at the weekend | on a weekend | during weekends |
            saturdays and sundays | saturday or sunday | weekend days | saturday and sunday
        """),
        "weekday": words("""
            on weekdays | on working days | during the week | on workdays | monday to friday | on a weekday |
            during weekdays | working day | workday
        """),
    },
    "ordinal": {
        "": (
            *words("second | third | fourth | fifth | 1st | 2nd | 3rd | 4th | 5th | 21st | 22nd | 23rd | 31st"),
            *(f"{n}th" for n in (*range(6, 21), *range(24, 31))),
        ),
    },
    "extreme": {
        "asc": words("first | earliest | oldest | for the first time | the very first"),
        "desc": words("last | latest | newest | most recent | most recently | for the last time | the very last"),
    },
    "vague": {
        "": words("most of | majority of | the majority of | half of | some of | almost all | nearly all | a lot of"),
    },
    "times": {
        "": words("""
            times | occasions | time or more | once or more | different occasions | separate occasions
        """),
    },
    "once": {
        "1": words("once | only once | a single time | one time | exactly once | just once | one time only"),
        "2": words("twice | exactly twice | two times"),
    },
    "repeat": {
        "": words("""
            repeat customer | repeat buyer | returning customer | repeat | repeatedly | came back to order |
            repeat purchaser | more than once | ordered again | loyal customer | recurring customer
        """),
    },
    "zero": {
        "": words("zero | no"),
    },
    "positive": {
        "": words("positive"),
    },
    "negative": {
        "": words("negative | below zero | less than zero | under zero"),
    },
}
