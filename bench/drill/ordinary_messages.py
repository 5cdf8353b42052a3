"""What patients may write about money, insurance, the internet and business: 200 messages, no spam."""

SUBJECTS = """
I have bad credit. Can I pay for the injection in parts?
I make $1,200 a month. Is there a lower price for people like me?
My bill says $450, and my insurance says I owe nothing.
Do you take Medicare together with a secondary insurance?
My insurance wants a prior authorization number from your office.
I called billing twice and nobody picks up.
Your voice mailbox is full, so I write here.
Your website shows an error when I open the forms.
The link in your email does not work on my phone.
Your Google business profile says that you are open on Saturday.
I found you on Facebook and read your article.
I own a small business and can't take a month off.
My company changed our health plan in January.
I sell used cars and sit all day.
My accountant needs a receipt for my taxes.
Do you accept credit cards, or only checks?
My account was sent to collections by mistake.
No puedo ganar dinero con este dolor de espalda.
¿Cuánto cuesta la consulta sin seguro médico?
I won't be able to pay before my loan comes through.
""".strip().splitlines()
REQUESTS = """
Please call me back.
What should I do?
Could somebody help me with this?
I'd like to know before my visit.
Please write to me.
Can we talk about it on Tuesday?
I need an answer this week.
Who can I speak to?
My husband can also answer the phone.
Thank you for your help.
""".strip().splitlines()
MESSAGES = [f"{subject} {request}" for subject in SUBJECTS for request in REQUESTS]
